// Plotly is loaded only when a reader asks to explore a chart.
const token = (name) => getComputedStyle(document.body).getPropertyValue(name).trim();
let loading;

// Unless this id is there, the bundle writes styles of maps, which our policy refuses.
const MAP_STYLES = "9f215cf04c5486422605d13261cb87401f4e7763b6296af81e98efbc0130da53";

function plotly(address) {
	loading ??= new Promise((done, failed) => {
		const script = document.createElement("script");
		const none = document.createElement("template");
		none.id = MAP_STYLES;
		document.head.append(none, script);
		script.onload = () => done(window.Plotly);
		script.onerror = failed;
		script.src = address;
	});
	return loading;
}

function dress({ data, layout }) {
	for (const trace of data) trace.marker.color = token(`--c${(trace.colour % 6) + 1}`);
	layout.font = { family: token("font-family"), color: token("--ink") };
	layout.paper_bgcolor = layout.plot_bgcolor = token("--paper");
	layout.xaxis.gridcolor = layout.yaxis.gridcolor = token("--rule");
}

async function explore(button) {
	const box = document.createElement("div");
	const drawn = button.closest("figure").querySelector(":scope > svg");
	button.disabled = true;
	try {
		const [answer, Plotly] = await Promise.all([fetch(button.dataset.explore), plotly(button.dataset.plotly)]);
		const figure = await answer.json();
		dress(figure);
		Object.assign(box, { className: "chart-live", tabIndex: -1, role: "group", ariaLabel: figure.title });
		// Only out of sight: its words stay, the key uses its fills.
		drawn.classList.add("sr");
		drawn.after(box);
		await Plotly.newPlot(box, figure.data, figure.layout, { displaylogo: false, responsive: true });
		button.hidden = true;
		box.focus();
	} catch {
		loading = undefined;
		box.remove();
		drawn.classList.remove("sr");
		button.disabled = false;
		button.nextElementSibling.textContent = button.dataset.failed;
	}
}

for (const button of document.querySelectorAll("[data-explore]")) {
	button.hidden = false;
	button.onclick = () => explore(button);
}
