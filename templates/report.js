/* SPDX-License-Identifier: Apache-2.0 */
/* Sorting, a filter and a row count for tables, and in one file with all pages which of them is read. Every page is complete
   without it. */
"use strict";

(function () {
	const FILTER_FROM_ROWS = 15;

	const value = (row, column) => {
		const cell = row.cells[column];

		return cell.dataset.value === undefined ? null : Number(cell.dataset.value);
	};

	/* What is not known stays at the end, whichever way round. */
	const compare = (column, numeric, sign) => (a, b) => {
		if (!numeric)
			return sign * a.cells[column].textContent.localeCompare(b.cells[column].textContent, "en",
				{ numeric: true });
		const x = value(a, column), y = value(b, column);

		if (x === null || y === null)
			return (x === null) - (y === null);
		return sign * (x - y);
	};

	const sort = (table, heading) => {
		const numeric = heading.classList.contains("number");
		const before = heading.getAttribute("aria-sort");
		const down = before ? before === "ascending" : numeric;
		const rows = Array.from(table.tBodies[0].rows);

		for (const other of table.tHead.rows[0].cells)
			other.removeAttribute("aria-sort");
		heading.setAttribute("aria-sort", down ? "descending" : "ascending");
		rows.sort(compare(heading.cellIndex, numeric, down ? -1 : 1));
		table.tBodies[0].append(...rows);
	};

	/* Small drawings have no order. */
	const addSorting = (table) => {
		for (const heading of table.tHead.querySelectorAll("th:not(.drawn)")) {
			const button = document.createElement("button");

			button.type = "button";
			button.append(...heading.childNodes);
			button.addEventListener("click", () => sort(table, heading));
			heading.append(button);
		}
	};

	const filter = (rows, text, count) => {
		let shown = 0;

		for (const row of rows) {
			row.hidden = !row.textContent.toLowerCase().includes(text.trim().toLowerCase());
			shown += row.hidden ? 0 : 1;
		}
		count.textContent = shown + " of " + rows.length + " rows";
	};

	const addFilter = (box, table) => {
		const rows = Array.from(table.tBodies[0].rows);
		const bar = document.createElement("div");
		const label = document.createElement("label");
		const input = document.createElement("input");
		const count = document.createElement("output");

		bar.className = "filter";
		input.type = "search";
		input.autocomplete = "off";
		label.append("Filter", input);
		bar.append(label, count);
		box.prepend(bar);
		input.addEventListener("input", () => filter(rows, input.value, count));
		filter(rows, "", count);
	};

	/* Of all pages in one file the menu shows the one that is read, or the one that it is under. */
	const showWhere = (links, article) => {
		const place = article.dataset.menu || article.id;

		for (const link of links) {
			const here = link.getAttribute("href") === "#" + place;
			const menu = link.closest(".menu-wide");

			link.removeAttribute("aria-current");
			if (here)
				link.setAttribute("aria-current", article.dataset.menu ? "true" : "location");
			if (here && menu)
				menu.scrollTop = link.offsetTop - menu.clientHeight / 2;
		}
	};

	const watchArticles = (articles) => {
		const links = document.querySelectorAll("nav a");
		const watch = new IntersectionObserver((seen) => {
			for (const one of seen)
				if (one.isIntersecting)
					showWhere(links, one.target);
		}, { rootMargin: "-25% 0px -75% 0px" });

		for (const article of articles)
			watch.observe(article);
	};

	watchArticles(document.querySelectorAll("article"));
	for (const box of document.querySelectorAll("div.table:not(.fixed)")) {
		const table = box.querySelector("table");

		addSorting(table);
		if (table.tBodies[0].rows.length >= FILTER_FROM_ROWS)
			addFilter(box, table);
	}
}());
