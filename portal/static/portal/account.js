// Passkeys and printing on the pages of one's account. Each form says what it does: add, confirm, sign-in.
const PASSKEYS = "form[data-passkey]";

function problemOf(error) {
	if (error.name === "InvalidStateError") return "known";
	return error.name === "NotAllowedError" || error.name === "AbortError" ? "cancelled" : "impossible";
}

function show(problem) {
	for (const box of document.querySelectorAll("[data-passkey-problem]")) box.hidden = box.dataset.passkeyProblem !== problem;
}

function given() {
	return JSON.parse(document.getElementById("passkey-options").textContent);
}

async function fetched(address) {
	const response = await fetch(address, {headers: {Accept: "application/json"}});
	if (!response.ok) throw new Error(`options: ${response.status}`);
	return response.json();
}

// The device keeps the passkey and knows its owner, so that it opens the account without a password.
async function added() {
	const options = given().creation_options;
	Object.assign(options.publicKey.authenticatorSelection, {
		residentKey: "required", requireResidentKey: true, userVerification: "required",
	});
	return window.webauthnJSON.create(options);
}

const ACTS = {
	add: added,
	confirm: () => window.webauthnJSON.get(given().request_options),
	"sign-in": async (form) => window.webauthnJSON.get((await fetched(form.action)).request_options),
};

for (const form of document.querySelectorAll(PASSKEYS)) {
	form.addEventListener("submit", async (event) => {
		event.preventDefault();
		show("");
		const button = form.querySelector("button");
		button.disabled = true;
		try {
			const credential = await ACTS[form.dataset.passkey](form);
			form.elements.credential.value = JSON.stringify(credential);
			form.submit();
		} catch (error) {
			show(problemOf(error));
		} finally {
			button.disabled = false;
		}
	});
}

for (const button of document.querySelectorAll("[data-print]")) {
	button.hidden = false;
	button.addEventListener("click", () => window.print());
}
