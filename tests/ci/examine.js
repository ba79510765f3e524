// SPDX-License-Identifier: Apache-2.0
// examine.js CHROMIUM MODULES FOLDER: reads names of pages from its input, a line each, opens each in light, and in dark for what
// the light has no say in, which is colours, and says what axe-core finds: "examined MODE PAGE COUNT", where COUNT rules held, and
// "violation MODE PAGE RULE WHERE WHY".
"use strict";

const fs = require("fs");
const path = require("path");
const { patience, with_browser } = require("./chromium.js");
const [chromium, modules, folder] = process.argv.slice(2);
const axe_script = path.join(modules, "axe-core/axe.min.js");

// A mail is a part of the page of whoever shows it.
const of_mail = { region: { enabled: false }, "landmark-one-main": { enabled: false } };

// What axe-core finds in a page that is shown.
async function examine(page, name, mode)
{
	await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: mode }]);
	const options = { resultTypes: ["violations"], rules: name === "mail.html" ? of_mail : {} };
	if (mode === "dark")
		options.runOnly = { type: "tag", values: ["cat.color"] };
	const found = await page.evaluate(options => axe.run(document, options), options);
	console.log("examined", mode, name, found.passes.length);
	for (const violation of found.violations)
		for (const node of violation.nodes)
			console.log("violation", mode, name, violation.id, node.target.join(" "), node.failureSummary.replace(/\s+/g, " "));
}

with_browser(chromium, modules, async browser => {
	const page = await browser.newPage();
	page.setDefaultTimeout(patience);

	await page.setViewport({ width: 1280, height: 900 });
	// The pages' own policy would not let the examiner in.
	await page.setBypassCSP(true);
	for (const name of fs.readFileSync(0, "utf8").split("\n").filter(name => name)) {
		await page.goto("file://" + path.join(folder, name));
		await page.addScriptTag({ path: axe_script });
		await page.evaluate(() => document.querySelectorAll("details").forEach(folded => folded.open = true));
		for (const mode of ["light", "dark"])
			await examine(page, name, mode);
	}
});
