// Checks of the words that editors write; rules and options come from portal/content_checks.py.
// Loaded only with the editors' bar, after Wagtail's own script and before the page has finished loading.
const words = (element) => element.textContent.replace(/\s+/g, " ").trim();

const checks = {
	"check-link-words": (element, options) => {
		const name = element.getAttribute("aria-label") ?? words(element);
		return !options.words.includes(name.replace(/^[ .→]+|[ .→]+$/g, "").toLowerCase());
	},
	"check-date-year": (element, options) => {
		if (element.querySelector("p, li, td") || element.closest("time, .when")) return true;
		const own = element.cloneNode(true);
		own.querySelectorAll("time").forEach((part) => part.remove());
		return !new RegExp(options.pattern).test(words(own));
	},
	"check-table-header": (element) =>
		[...element.querySelectorAll("th")].some((heading) => words(heading) !== ""),
};

const bar = window.wagtail?.userbar;
for (const [name, check] of Object.entries(checks)) bar?.registerCheck(name, check);
