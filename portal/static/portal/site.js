// Small comforts; every page works without them.
const remembered = "safe-county-hidden";

function hidden() {
	try {
		return new Set(JSON.parse(sessionStorage.getItem(remembered) || "[]"));
	} catch {
		return new Set();
	}
}

// A notice hidden on one page stays hidden in this tab, until its words change.
for (const banner of document.querySelectorAll("[data-alert]")) {
	const box = banner.querySelector("input");
	box.checked = hidden().has(banner.dataset.alert);
	box.addEventListener("change", () => {
		const keys = hidden().add(banner.dataset.alert);
		try {
			sessionStorage.setItem(remembered, JSON.stringify([...keys]));
		} catch {
			// Storage switched off: the notice is hidden on this page only.
		}
		document.getElementById("main").focus();
	});
}

// A message about errors takes the focus, so that screen readers begin with it.
document.querySelector(".errors")?.focus();

// Escape closes the menu or the search that was opened, and goes back to what opened it.
document.addEventListener("keydown", (event) => {
	const open = event.key === "Escape" ? document.activeElement.closest("details:is(.menu, .group, .find)[open]") : null;
	const summary = open?.querySelector("summary");
	if (!summary?.checkVisibility()) return;
	open.open = false;
	summary.focus();
});

// An open group of the menu lies over the page: it closes when one goes on elsewhere.
function leave(event) {
	for (const group of document.querySelectorAll(".group[open]")) if (!group.contains(event.target)) group.open = false;
}
document.addEventListener("click", leave);
document.addEventListener("keyup", (event) => event.key === "Tab" && leave(event));
