// SPDX-License-Identifier: Apache-2.0
// browser.js CHROMIUM MODULES REPORT: the pages of a report as somebody opens them: nothing on the console (violations of the pages'
// own policy, errors of the script), nothing from the network, no missing file, no sideways scroll at 320 pixels, nothing beyond its
// column, heads on every sheet of paper and no key figure left over there, complete without JavaScript; tables sort and filter.
// report.html, which is all pages in one, is opened in a folder of its own, too. Each of these is first shown to notice what it
// looks for.
"use strict";

const { execFileSync } = require("child_process");
const fs = require("fs");
const os = require("os");
const path = require("path");
const { patience, with_browser } = require("./chromium.js");
const [chromium, modules, report] = process.argv.slice(2);

function expect(holds, what)
{
	if (!holds)
		throw new Error(what);
}

// All files of that kind in a folder, by their paths from there.
function files(folder, ending)
{
	return fs.readdirSync(folder, { withFileTypes: true, recursive: true })
		.filter(entry => entry.isFile() && entry.name.endsWith(ending))
		.map(entry => path.relative(folder, path.join(entry.parentPath ?? entry.path, entry.name)))
		.sort();
}

// A folder of pages, and the browser's page that shows them.
class Site
{
	constructor(folder, page)
	{
		this.folder = folder;
		this.page = page;
		page.setDefaultTimeout(patience);
		this.told = [];
		page.on("console", message => this.told.push(message.text()));
		page.on("pageerror", error => this.told.push(error.message));
		page.on("requestfailed", request => this.told.push("cannot be had: " + request.url()));
		page.on("request", request => /^(file|data):/.test(request.url()) || this.told.push("asks for " + request.url()));
	}

	read(name)
	{
		return fs.readFileSync(path.join(this.folder, name), "utf8");
	}

	// A copy of a page in which something else stands once.
	plant(name, from, change, to)
	{
		const text = this.read(from), planted = text.replace(change, () => to);

		expect(planted !== text, `${name}: nothing is planted`);
		fs.writeFileSync(path.join(this.folder, name), planted);
		return name;
	}

	// Gives what the console says while the page is opened.
	async open(name)
	{
		this.told = [];
		await this.page.goto("file://" + path.join(this.folder, name));
		await this.page.evaluate(() => document.body.offsetHeight);
		return this.told;
	}
}

// The console

async function faults_are_told(site)
{
	const end = "</body>", faults = [];

	for (const from of ["index.html", "report.html"]) {
		faults.push(site.plant(`planted-style-${from}`, from, end, `<p style="color:red">inline</p>${end}`));
		faults.push(site.plant(`planted-script-${from}`, from, end, `<script>document.title = "inline"</script>${end}`));
		faults.push(site.plant(`planted-handler-${from}`, from, end, `<p onclick="alert(1)">inline</p>${end}`));
		faults.push(site.plant(`planted-address-${from}`, from, end, `<img src="https://example.org/x.png" alt="">${end}`));
	}
	// Of the one file a letter more is too much, and so is what stands beside it.
	faults.push(site.plant("planted-letter-style.html", "report.html", ":root {", ":root  {"));
	faults.push(site.plant("planted-letter-script.html", "report.html", '"use strict"', '"use  strict"'));
	faults.push(site.plant("planted-beside-style.html", "report.html", "</head>", '<link rel="stylesheet" href="assets/style.css"></head>'));
	faults.push(site.plant("planted-beside-script.html", "report.html", end, `<script src="assets/report.js"></script>${end}`));
	for (const fault of faults)
		expect((await site.open(fault)).length > 0, `nothing was said about ${fault}`);
}

async function nothing_is_told(site, pages)
{
	for (const name of pages) {
		const told = await site.open(name);

		expect(told.length === 0, `${name}: ${told.slice(0, 3).join("; ")}`);
		expect(await site.page.$("main"), `${name}: was not shown`);
	}
}

// What the script adds

async function tables_sort_and_filter(site)
{
	await site.open("users.html");
	const found = await site.page.evaluate(() => {
		const box = [...document.querySelectorAll("div.table:not(.fixed)")].find(box => box.querySelector("input[type=search]"));
		const table = box.querySelector("table"), input = box.querySelector("input[type=search]");
		const rows = () => [...table.tBodies[0].rows];
		const heading = table.querySelector("th.number");
		const values = () => rows().map(row => Number(row.cells[heading.cellIndex].dataset.value)).filter(value => !isNaN(value));
		const falls = list => list.every((value, i) => i === 0 || list[i - 1] >= value);
		const count = rows().length, first = rows()[0].cells[0].textContent.trim();

		heading.querySelector("button").click();
		const down = falls(values());
		heading.querySelector("button").click();
		const up = falls(values().reverse()), differ = new Set(values()).size;
		input.value = first;
		input.dispatchEvent(new Event("input"));
		const left = rows().filter(row => !row.hidden);
		return { count, differ, down, up, left: left.length, right: left.every(row => row.textContent.includes(first)),
			says: box.querySelector("output").textContent };
	});

	expect(found.differ > 3 && found.down && found.up, `users.html does not sort: ${JSON.stringify(found)}`);
	expect(found.left > 0 && found.left < found.count && found.right && found.says === `${found.left} of ${found.count} rows`,
		`users.html does not filter: ${JSON.stringify(found)}`);
}

// Alone in its folder: every table that is searched can be, every head of it sorts but those of drawings, and the menus say where
// one is.
async function one_file_is_enough(browser, site)
{
	const folder = fs.mkdtempSync(path.join(path.dirname(site.folder), "alone-"));
	const alone = new Site(folder, await browser.newPage());

	fs.copyFileSync(path.join(site.folder, "report.html"), path.join(folder, "report.html"));
	await alone.page.setViewport({ width: 1280, height: 900 });
	await nothing_is_told(alone, ["report.html"]);
	const found = await alone.page.evaluate(() => ({
		tables: document.querySelectorAll("div.table:not(.fixed)").length,
		heads: document.querySelectorAll("div.table:not(.fixed) thead th:not(.drawn)").length,
		buttons: document.querySelectorAll("div.table:not(.fixed) thead th:not(.drawn) > button[type=button]").length,
		filters: document.querySelectorAll("input[type=search]").length,
		group: document.querySelector("article[id^=\"groups.\"]").id,
	}));
	expect(found.tables >= 20 && found.heads > found.tables && found.buttons === found.heads,
		`report.html: ${found.buttons} of ${found.heads} heads of ${found.tables} tables sort`);
	expect(found.filters >= 3, `report.html: ${found.filters} tables have a filter`);
	for (const [article, entry, current] of [["users", "users", "location"], [found.group, "groups", "true"]]) {
		const wanted = JSON.stringify([[`#${entry}`, current], [`#${entry}`, current]]);

		await alone.page.evaluate(id => document.getElementById(id).scrollIntoView(), article);
		await alone.page.waitForFunction(wanted => JSON.stringify([...document.querySelectorAll("nav a[aria-current]")]
			.map(link => [link.getAttribute("href"), link.getAttribute("aria-current")])) === wanted, {}, wanted)
			.catch(() => expect(false, `report.html: the menus do not say that one is at ${article}`));
	}
	await alone.page.close();
}

// Room

// How wide the open page comes out at a width, how much of it can be seen, and how much of what stands in the column of text reaches
// beyond it.
async function measure(site, width)
{
	await site.page.setViewport({ width, height: 800 });
	return site.page.evaluate(() => {
		const column = document.querySelector("main").getBoundingClientRect().right + 1;
		const whole = document.scrollingElement;

		return {
			width: whole.scrollWidth,
			room: whole.clientWidth,
			seen: [...document.querySelectorAll("tr, td, th, li, p, h1, h2, h3, figure, svg *")]
				.filter(element => element.getClientRects().length).length,
			beyond: [...document.querySelectorAll(".tile, figure, .callout")]
				.filter(element => element.getBoundingClientRect().right > column).length,
		};
	});
}

async function phones_need_not_scroll_sideways(site, pages)
{
	const wide = site.plant("planted-wide.html", "index.html", /<\/body>[^]*/, '<iframe width="2000" title="wide"></iframe></body></html>');

	await site.open(wide);
	expect((await measure(site, 320)).width > 320, "a page that is too wide was not noticed");
	for (const name of pages) {
		await site.open(name);
		const { width, room } = await measure(site, 320);

		expect(room === 320 && width <= 320, `${name} scrolls sideways: ${width} pixels in ${room}`);
	}
}

const WIDTHS = [600, 760, 1000, 1150, 1400];

// Where the menu stands beside the text, key figures and charts keep to their column.
async function columns_hold(site, pages)
{
	const beyond = site.plant("planted-beyond.html", "index.html", "</head>", '<link rel="stylesheet" href="assets/planted.css"></head>');

	fs.writeFileSync(path.join(site.folder, "assets/planted.css"), ".tiles { grid-template-columns: repeat(4, 30rem) !important }");
	await site.open(beyond);
	for (const width of WIDTHS)
		expect((await measure(site, width)).beyond > 0, `key figures beyond their column were not noticed at ${width} pixels`);
	for (const name of pages) {
		await site.open(name);
		for (const width of WIDTHS) {
			const { beyond } = await measure(site, width);

			expect(beyond === 0, `${name} has ${beyond} blocks beyond its column at ${width} pixels`);
		}
	}
}

// The words of each sheet of paper.
async function printed(site, name)
{
	const pdf = path.join(path.dirname(site.folder), "printed.pdf");

	await site.open(name);
	await site.page.pdf({ path: pdf, preferCSSPageSize: true });
	return execFileSync("pdftotext", ["-layout", pdf, "-"], { encoding: "utf8" }).split("\f");
}

// How many heads the table of users has on paper.
async function printed_heads(site, name)
{
	return (await printed(site, name)).join().match(/User .*Jobs/g).length;
}

// On paper a table that goes on has its head on every sheet, also where a click on it sorts.
async function sheets_have_heads(site)
{
	const planted = site.plant("planted-paper.html", "users.html", "</head>", '<link rel="stylesheet" href="assets/planted.css"></head>');

	fs.writeFileSync(path.join(site.folder, "assets/planted.css"), "thead button { display: inline !important }");
	const heads = await printed_heads(site, "users.html"), fewer = await printed_heads(site, planted);
	expect(heads >= 3 && fewer < heads, `on paper ${heads} heads of the table of users, and ${fewer} where they are left out`);
}

// On how many sheets the one table of a page has its head and no row, with more and more above it.
async function bare_heads(site, name, style)
{
	let bare = 0;

	for (let above = 120; above < 180; above += 4) {
		fs.writeFileSync(path.join(site.folder, "assets/planted-above.css"), `.lede { margin-bottom: ${above}mm !important } ${style}`);
		bare += (await printed(site, name)).filter(sheet => /Subject .*sentence\s*$/.test(sheet)).length;
	}
	return bare;
}

async function heads_have_rows(site)
{
	const planted = site.plant("planted-above.html", "looked-for.html", "</head>", '<link rel="stylesheet" href="assets/planted-above.css"></head>');
	const bare = await bare_heads(site, planted, ""), more = await bare_heads(site, planted, "tbody tr { break-before: auto !important }");

	expect(bare === 0 && more > 0, `on paper ${bare} heads of a table are without a row, and ${more} where they may be`);
}

// What stands below a page takes a few lines of a sheet: a higher foot often was alone on the last.
async function feet_are_low(site)
{
	await site.open("index.html");
	await site.page.emulateMediaType("print");
	const lines = await site.page.$eval("footer", foot => foot.offsetHeight / parseFloat(getComputedStyle(foot).fontSize));
	await site.page.emulateMediaType(null);
	expect(lines < 4.5, `on paper the foot of a page is ${lines} times its type high`);
}

// How many key figures stand in the first and in the last row on paper.
async function printed_rows(site, name)
{
	await site.open(name);
	await site.page.emulateMediaType("print");
	const tops = await site.page.$$eval(".tiles .tile", tiles => tiles.map(tile => tile.offsetTop));
	await site.page.emulateMediaType(null);
	return [tops[0], tops[tops.length - 1]].map(row => tops.filter(top => top === row).length);
}

// On paper, too, no key figure is left over in a row of its own.
async function rows_on_paper_are_full(site)
{
	const planted = site.plant("planted-tiles.html", "index.html", "</head>", '<link rel="stylesheet" href="assets/planted-tiles.css"></head>');

	fs.writeFileSync(path.join(site.folder, "assets/planted-tiles.css"), ".tiles-4 { grid-template-columns: repeat(3, 1fr) !important }");
	const [first, last] = await printed_rows(site, "index.html"), [four, rest] = await printed_rows(site, planted);
	expect(first === last && four !== rest, `on paper ${first} key figures in the first row and ${last} in the last, ${rest} where one is left over`);
}

// Key figures side by side are of one size, also where one of them is long.
async function values_are_of_one_size(site)
{
	const planted = site.plant("planted-long.html", "index.html", '<dd class="value">', '<dd class="value long">');

	await site.open(planted);
	const sizes = await site.page.$$eval(".tiles .value", values => values.map(value => getComputedStyle(value).fontSize));
	expect(sizes.length > 1 && new Set(sizes).size === 1, `values side by side are of ${sizes.join(", ")}`);
}

// Without JavaScript

// How much of a page can be seen.
async function seen(site, name)
{
	await site.open(name);
	return (await measure(site, 1280)).seen;
}

// The script adds controls, never content.
async function all_is_there_without_script(site, pages)
{
	const hidden = site.plant("planted-hidden.html", "index.html", "<main", "<main hidden");
	const with_script = {};

	for (const name of pages)
		with_script[name] = await seen(site, name);
	await site.page.setJavaScriptEnabled(false);
	expect(await seen(site, hidden) < with_script["index.html"], "a page that hides its content was not noticed");
	await site.open("users.html");
	expect(await site.page.$("thead button") === null, "JavaScript is not off");
	for (const name of pages) {
		const without = await seen(site, name);

		expect(without >= with_script[name],
			`${name}: ${without} elements can be seen without JavaScript, ${with_script[name]} with it`);
	}
	await site.page.setJavaScriptEnabled(true);
	expect(Object.values(with_script).reduce((sum, count) => sum + count) > 1000, "there is nothing on the pages");
}

// Files

// The files that a page names and that are not there.
function missing(site, name)
{
	return [...site.read(name).matchAll(/(?:src|href)="([^"#]+)/g)]
		.map(found => found[1])
		.filter(link => !link.includes(":") && !fs.existsSync(path.join(site.folder, path.dirname(name), link)));
}

function files_are_there(site, pages)
{
	expect(missing(site, site.plant("planted-missing.html", "index.html", "assets/report.js", "assets/none.js")).length > 0,
		"a missing file was not noticed");
	for (const name of pages)
		expect(missing(site, name).length === 0, `${name}: there is no ${missing(site, name)[0]}`);
}

// No address outside, except as plain words.
function nothing_is_elsewhere(site, pages)
{
	for (const name of pages)
		expect(!/(src|href|action|data|poster|srcset)="?(https?:)?\/\//.test(site.read(name)), `${name} needs the network`);
	for (const name of files(site.folder, ".css"))
		expect(!/@import|url\( *["']?(https?:)?\/\//.test(site.read(name)), `${name} needs the network`);
}

with_browser(chromium, modules, async browser => {
	const work = fs.mkdtempSync(path.join(os.tmpdir(), "browser-"));

	try {
		const folder = path.join(work, "site"), pages = files(report, ".html");

		expect(pages.length >= 10, `only ${pages.length} pages`);
		expect(pages.includes("report.html"), "there is no report.html: reclaim report --single-file makes it");
		fs.cpSync(report, folder, { recursive: true });
		const site = new Site(folder, await browser.newPage());

		await faults_are_told(site);
		await nothing_is_told(site, pages);
		await tables_sort_and_filter(site);
		await one_file_is_enough(browser, site);
		await phones_need_not_scroll_sideways(site, pages);
		await columns_hold(site, pages);
		await sheets_have_heads(site);
		await heads_have_rows(site);
		await feet_are_low(site);
		await rows_on_paper_are_full(site);
		await values_are_of_one_size(site);
		await all_is_there_without_script(site, pages);
		files_are_there(site, pages);
		nothing_is_elsewhere(site, pages);
		console.log(`${pages.length} pages: nothing on the console, no sideways scroll at 320 pixels, nothing beyond its column, ` +
			"heads on every sheet, complete without JavaScript");
	} finally {
		fs.rmSync(work, { recursive: true });
	}
});
