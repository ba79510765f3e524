// SPDX-License-Identifier: Apache-2.0
// chromium: the browser for those who look at pages. CHROMIUM is the program, MODULES the folder node_modules with puppeteer-core.
"use strict";

const path = require("path");

// How many milliseconds an answer may take, also on a slow machine.
exports.patience = 300000;

// Gives `look` a browser, and closes it. What `look` throws is why the pages are not as they should be.
exports.with_browser = (chromium, modules, look) => {
	const puppeteer = require(path.resolve(modules, "puppeteer-core"));
	const args = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking", "--hide-scrollbars",
		"--allow-file-access-from-files"];

	puppeteer.launch({ executablePath: chromium, args, timeout: exports.patience, protocolTimeout: exports.patience })
		.then(browser => look(browser).finally(() => browser.close()))
		.catch(error => {
			console.error(error);
			process.exit(1);
		});
};
