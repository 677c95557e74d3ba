// The map that can be moved: loaded when somebody asks for it, in the place of the drawn one, which has the same links.
function style(address) {
	return new Promise((done, failed) => {
		const link = document.createElement("link");
		link.rel = "stylesheet";
		link.href = address;
		link.onload = done;
		link.onerror = failed;
		document.head.append(link);
	});
}

function script(address) {
	return new Promise((done, failed) => {
		const element = document.createElement("script");
		element.src = address;
		element.onload = done;
		element.onerror = failed;
		document.head.append(element);
	});
}

async function fetched(button) {
	const [answer] = await Promise.all([
		fetch(button.dataset.data),
		script(button.dataset.script),
		...button.dataset.styles.split(" ").map(style),
	]);
	if (!answer.ok) throw new Error(String(answer.status));
	return answer.json();
}

function colour(name) {
	return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function placed(button) {
	const box = document.createElement("div");
	box.className = "live-map";
	box.setAttribute("role", "application");
	box.setAttribute("aria-label", button.dataset.label);
	const help = document.createElement("p");
	help.className = "small soft";
	help.id = "live-map-help";
	help.textContent = button.dataset.help;
	box.setAttribute("aria-describedby", help.id);
	const cross = document.createElement("span");
	cross.className = "live-map-cross";
	cross.setAttribute("aria-hidden", "true");
	const choose = document.createElement("button");
	choose.type = "button";
	choose.className = "btn btn--brand";
	choose.textContent = button.dataset.choose;
	button.closest("p").replaceWith(help, box, choose);
	return {box, cross, choose};
}

function draw(data, button) {
	const {L} = window;
	const drawn = document.querySelector("[data-map]");
	const {box, cross, choose} = placed(button);
	const map = L.map(box, {attributionControl: Boolean(data.attribution), zoomSnap: 0.25, zoomControl: false, fadeAnimation: false,
		zoomAnimation: !matchMedia("(prefers-reduced-motion: reduce)").matches});
	L.control.zoom({zoomInTitle: button.dataset.in, zoomOutTitle: button.dataset.out}).addTo(map);
	if (data.tiles) L.tileLayer(data.tiles, {attribution: data.attribution, maxZoom: 19}).addTo(map);
	const line = {color: colour("--brand"), weight: 2, fillColor: colour("--brand"), fillOpacity: data.tiles ? 0.1 : 0.15};
	const outline = data.outline && L.geoJSON(data.outline, {interactive: false, style: {...line, fillOpacity: 0.04}}).addTo(map);
	const shapes = L.geoJSON(data, {
		style: line,
		interactive: false,
		pointToLayer: (_feature, place) => L.circleMarker(place, {radius: 9, ...line, fillOpacity: 0.6}),
		onEachFeature: (feature, layer) => {
			// Leaflet takes HTML here; an element with text keeps names plain.
			const name = document.createElement("span");
			name.textContent = `${feature.properties.number} ${feature.properties.name}`;
			layer.bindTooltip(name, {permanent: data.features.length < 40, direction: "center", className: "live-map-name"});
		},
	}).addTo(map);
	map.fitBounds((outline || shapes).getBounds(), {padding: [12, 12]});
	box.append(cross);
	const ask = ({lat, lng}) => location.assign(`${button.dataset.finder}?lat=${lat.toFixed(6)}&lon=${lng.toFixed(6)}`);
	map.on("click", (event) => ask(event.latlng));
	choose.addEventListener("click", () => ask(map.getCenter()));
	if (drawn) drawn.hidden = true;
	box.focus();
}

for (const button of document.querySelectorAll("[data-leaflet]")) {
	button.hidden = false;
	button.addEventListener("click", async () => {
		button.disabled = true;
		try {
			draw(await fetched(button), button);
		} catch {
			button.disabled = false;
			const words = document.createElement("span");
			words.setAttribute("role", "status");
			words.textContent = ` ${button.dataset.failed}`;
			button.after(words);
		}
	});
}
