// Suggestions under the address field, and the reader's own position. The form works without any of it.
const SHORTEST = 2;

function load(address) {
	return new Promise((done, failed) => {
		const script = document.createElement("script");
		script.src = address;
		script.onload = done;
		script.onerror = failed;
		document.head.append(script);
	});
}

// htmx is fetched when somebody begins to type, not with the page.
async function prepare(form) {
	const settings = document.createElement("meta");
	settings.name = "htmx-config";
	settings.content = JSON.stringify({includeIndicatorStyles: false, allowEval: false, historyEnabled: false, selfRequestsOnly: true});
	const style = document.createElement("link");
	style.rel = "stylesheet";
	style.href = form.dataset.style;
	document.head.append(settings, style);
	if (!window.htmx) await load(form.dataset.htmx);
	window.htmx.process(form);
}

class Suggestions {
	constructor(form) {
		this.field = form.querySelector("[role=combobox], input[name=address]");
		this.list = form.querySelector("[role=listbox]");
		this.status = form.querySelector("[data-status]");
		this.chosen = -1;
		this.field.setAttribute("role", "combobox");
		this.field.setAttribute("aria-autocomplete", "list");
		this.field.setAttribute("aria-controls", this.list.id);
		this.field.setAttribute("autocomplete", "off");
		this.close();
		this.field.addEventListener("keydown", (event) => this.key(event));
		this.field.addEventListener("blur", () => this.close());
		this.list.addEventListener("htmx:afterSwap", () => this.open());
		// Before the field loses the focus, which would close the list under the pointer.
		this.list.addEventListener("pointerdown", (event) => event.preventDefault());
		this.list.addEventListener("click", (event) => this.go(event.target.closest("[role=option]")));
	}

	get options() {
		return [...this.list.querySelectorAll("[role=option]")];
	}

	open() {
		if (document.activeElement !== this.field || this.field.value.trim().length < SHORTEST) return this.close();
		const any = this.options.length > 0;
		this.list.hidden = !any;
		this.field.setAttribute("aria-expanded", String(any));
		this.status.textContent = this.list.querySelector("[data-words]")?.dataset.words ?? "";
		this.mark(-1);
	}

	close() {
		this.list.hidden = true;
		this.field.setAttribute("aria-expanded", "false");
		this.mark(-1);
	}

	mark(index) {
		const options = this.options;
		this.chosen = index;
		options.forEach((option, place) => option.setAttribute("aria-selected", String(place === index)));
		if (index < 0) return this.field.removeAttribute("aria-activedescendant");
		this.field.setAttribute("aria-activedescendant", options[index].id);
		options[index].scrollIntoView({block: "nearest"});
	}

	key(event) {
		const count = this.options.length;
		if (event.key === "Escape" && !this.list.hidden) {
			event.preventDefault();
			this.close();
		} else if (count && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
			event.preventDefault();
			const step = event.key === "ArrowDown" ? 1 : -1;
			const from = this.list.hidden ? -1 : this.chosen;
			if (this.list.hidden) this.open();
			// One place more than there are options: the field itself lies between the last and the first.
			this.mark(((from + 1 + step + count + 1) % (count + 1)) - 1);
		} else if (event.key === "Enter" && !this.list.hidden && this.chosen >= 0) {
			event.preventDefault();
			this.go(this.options[this.chosen]);
		}
	}

	go(option) {
		if (option) location.assign(option.dataset.href);
	}
}

function offerPosition(form) {
	const button = form.querySelector("[data-position]");
	if (!button || !("geolocation" in navigator) || !window.isSecureContext) return;
	button.hidden = false;
	button.addEventListener("click", () => {
		button.disabled = true;
		navigator.geolocation.getCurrentPosition(
			({coords}) => location.assign(`${form.action}?lat=${coords.latitude.toFixed(6)}&lon=${coords.longitude.toFixed(6)}`),
			() => {
				button.disabled = false;
				const status = form.querySelector("[data-status]");
				status.textContent = form.dataset.failed;
				status.classList.remove("sr");
			},
			{enableHighAccuracy: true, timeout: 10000},
		);
	});
}

for (const form of document.querySelectorAll("[data-finder]:not([data-leaflet])")) {
	offerPosition(form);
	const field = form.querySelector("input[name=address]");
	const start = () => {
		new Suggestions(form);
		// What was typed meanwhile is no change for htmx, so it is asked for by another event.
		prepare(form).then(() => field.value && window.htmx.trigger(field, "ready"), () => {});
	};
	if (document.activeElement === field) start();
	else field.addEventListener("focus", start, {once: true});
}
