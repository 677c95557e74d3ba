// Small comforts of lists; every list works without them.
for (const form of document.querySelectorAll("[data-list]")) {
	const rows = [...form.querySelectorAll("input[name=pick]")];
	const all = form.querySelector("input[name=all]");
	const told = form.querySelector("[data-chosen]");
	const plain = told.textContent;

	const tell = () => {
		const count = rows.filter((box) => box.checked).length;
		told.textContent = count && !all?.checked ? told.dataset.chosen.replace("%s", count) : plain;
		page.checked = count === rows.length;
		page.indeterminate = count > 0 && count < rows.length;
	};

	// One box in the heading for all rows of this page.
	const head = form.querySelector("thead th");
	const label = document.createElement("label");
	const page = document.createElement("input");
	label.className = "tick";
	page.type = "checkbox";
	page.setAttribute("aria-label", form.dataset.page);
	label.append(page);
	head.append(label);
	page.addEventListener("change", () => {
		for (const box of rows) box.checked = page.checked;
		tell();
	});

	form.addEventListener("change", tell);
	// Coming back by the browser's button, the boxes may still be ticked.
	tell();
}
