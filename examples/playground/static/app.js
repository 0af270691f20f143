// The page is made by the library, compiled to WebAssembly: this file hands the
// question over, and puts what has changed into place. Without the library, the form
// stays as it is, and its button asks the server.
"use strict";

(async () => {
	const $ = (id) => document.getElementById(id);
	const perEvent = ["at", "event", "to", "note"];
	const fields = () => [...document.querySelectorAll("#events [name]")];

	// The question of the form as an address has it. An event that is half entered is not
	// in it yet.
	const question = (dropped = []) => {
		const all = new URLSearchParams(new FormData($("question")));
		const kept = new URLSearchParams();
		for (const [name, value] of all) {
			if (value && !perEvent.includes(name) && !dropped.includes(name)) kept.append(name, value);
		}
		const events = perEvent.map((name) => all.getAll(name));
		events[0].forEach((at, i) => {
			if (at && events[1][i]) perEvent.forEach((name, k) => kept.append(name, events[k][i]));
		});
		return kept.toString();
	};

	// The picture is as wide as its card.
	const width = () => {
		const card = $("picture");
		if (!card) return 0;
		const padding = parseFloat(getComputedStyle(card).paddingLeft);
		return Math.floor((card.clientWidth || $("answer").clientWidth) - 2 * padding + 24);
	};
	const page = (question) => {
		const text = duetime.page(question, Date.now(), width());
		if (!text) throw new Error("the library has stopped");
		return new DOMParser().parseFromString(text, "text/html");
	};

	// The first language of the reader that the page has, as the server chooses it.
	const preferred = () => {
		const has = [...document.querySelectorAll("[name=lang]")].map((e) => e.value);
		return navigator.languages.map((l) => l.slice(0, 2).toLowerCase()).find((l) => has.includes(l)) ?? "en";
	};

	// Shows the parts that need a script. Their places are there before.
	const enhance = () => {
		document.querySelector("main").classList.add("ready");
		$("where").textContent = $("where").dataset.text;
		document.body.dataset.ready = "yes";
		localize();
		watch();
	};

	// Names countries in the language of the page, which a browser knows.
	const localize = () => {
		const language = document.documentElement.lang;
		const names = new Intl.DisplayNames(language, { type: "region" });
		const name = (code, text) => /^[A-Z]{2}$/.test(code) ? names.of(code) : text;
		const heading = document.querySelector("h2[data-country]");
		if (heading) heading.textContent = name(heading.dataset.country, heading.textContent);
		const list = $("country");
		if (!list || list.dataset.language === language) return;
		list.dataset.language = language;
		const options = [...list.options], chosen = list.value;
		for (const option of options) if (option.value) option.text = name(option.value, option.text);
		const order = new Intl.Collator(language).compare;
		list.append(...options.filter((o) => o.value).sort((a, b) => order(a.text, b.text)));
		list.value = chosen;
	};

	// Hides the bar while the answer is in sight.
	let seen;
	const watch = () => {
		seen?.disconnect();
		if (!$("answer")) return;
		seen = new IntersectionObserver(([entry]) => $("bar").classList.toggle("seen", entry.isIntersecting), { threshold: 0.6 });
		seen.observe($("answer"));
	};

	// Puts a whole page into place, of another language say, with what was not finished.
	const replace = (next) => {
		const open = [...document.querySelectorAll("details")].map((d) => d.open);
		document.documentElement.lang = next.documentElement.lang;
		document.title = next.title;
		for (const part of ["header", "main", "footer"]) document.querySelector(part).replaceWith(next.querySelector(part));
		document.querySelectorAll("details").forEach((d, i) => { d.open = open[i] || d.open; });
		enhance();
	};

	// Puts the parts that differ into place. A part with a name in data-live is replaced
	// only if the name differs, as the user may be in the middle of it; and not where the
	// name says keep, as there is nothing to choose from while a catalog is broken.
	const put = (next) => {
		const focus = document.activeElement?.id;
		if (next.documentElement.lang !== document.documentElement.lang) {
			const draft = fields();
			replace(next);
			if (draft.length > fields().length) {
				document.querySelectorAll(".event").forEach((slot) => slot.remove());
				$("add").before(...new Set(draft.map((field) => field.closest(".event"))));
			} else {
				fields().forEach((field, i) => { if (draft[i]) enter(field, draft[i].value, draft[i].selectedOptions?.[0]); });
			}
		}
		offer(next);
		for (const part of next.querySelectorAll("[data-live]")) {
			const old = $(part.id), name = part.dataset.live;
			if (name === "keep" || name && name === old.dataset.live) continue;
			if (old.outerHTML === part.outerHTML) continue;
			const open = [...old.querySelectorAll("details")].map((d) => d.open);
			if (old.id === "bar") part.classList.toggle("seen", old.classList.contains("seen"));
			old.replaceWith(part);
			part.querySelectorAll("details").forEach((d, i) => { d.open = open[i]; });
		}
		const there = next.querySelector("#catalog"), here = $("catalog");
		if (there && here && !here.value && here !== document.activeElement) here.value = there.value;
		localize();
		watch();
		if (focus && document.activeElement?.id !== focus) $(focus)?.focus();
	};

	// Enters a value of an event, and its option. A word that is not offered any more stays, as
	// the answer names it; a severity does not.
	const enter = (field, value, option) => {
		field.value = value;
		if (field.selectedIndex !== -1) return;
		if (field.name === "event") field.append(option);
		field.value = field.name === "event" ? value : "";
	};

	// Offers in the events what the next page has, if that differs: an event may be half
	// entered, so it is not replaced.
	const offer = (next) => {
		const there = next.querySelector("#events"), here = $("events");
		if (!there || there.dataset.offer === "keep" || there.dataset.offer === here.dataset.offer) return;
		here.dataset.offer = there.dataset.offer;
		for (const name of ["event", "to"]) {
			const options = [...there.querySelectorAll(`[name=${name}]`)].at(-1).innerHTML;
			for (const field of here.querySelectorAll(`[name=${name}]`)) {
				const value = field.value, option = field.selectedOptions[0];
				field.innerHTML = options;
				enter(field, value, option);
			}
		}
	};

	// Tells those who listen, once they have stopped typing.
	let telling;
	const tell = () => {
		clearTimeout(telling);
		telling = setTimeout(() => {
			const text = [...document.querySelectorAll("#answer h2, #answer .reason, #answer .notice, #office h2")].map((e) => e.textContent).join(" ");
			if ($("said").textContent !== text) $("said").textContent = text;
		}, 1000);
	};

	const failed = (error) => {
		$("where").textContent = $("where").dataset.failed;
		console.warn(error);
	};

	const ask = (dropped) => {
		if ($("opened")?.value === "") return; // it is being entered
		try {
			const asked = question(dropped);
			put(page(asked));
			// As the page has understood it: a plan of another cloud is taken back.
			history.replaceState(null, "", $("link")?.getAttribute("href") ?? `?${asked}`);
			tell();
		} catch (error) {
			failed(error);
		}
	};

	const read = async (file) => {
		const before = zone();
		$("catalog").value = await file.slice(0, 1 << 20).text();
		ask(named);
		follow(before);
	};

	// Before the library is there, which takes a while on a slow line.
	let touched = false;
	const touch = () => { touched = true; };
	document.addEventListener("input", touch);
	$("where").textContent = $("where").dataset.loading;
	try {
		const response = await fetch("duetime.wasm");
		if (!response.ok) throw new Error(`duetime.wasm: ${response.status}`);
		await import("./wasm_exec.js"); // defines Go
		const go = new Go();
		const known = response.headers.get("Content-Type") === "application/wasm"; // not to every web server
		const library = known
			? await WebAssembly.instantiateStreaming(response, go.importObject)
			: await WebAssembly.instantiate(await response.arrayBuffer(), go.importObject);
		go.run(library.instance); // goes on for as long as the page is open
		if (touched) {
			enhance();
			ask();
		} else {
			// What was sent, or is a file, has the answer of then, and perhaps the form of no
			// question: this one is in the address.
			const asked = new URLSearchParams(location.search);
			if (!asked.has("lang")) asked.set("lang", preferred());
			const high = $("picture")?.getBoundingClientRect().height;
			replace(page(asked.toString()));
			// A wider picture can have a line less: what is below stays where it is.
			if (high && $("picture")) $("picture").style.minHeight = `${high}px`;
		}
	} catch (error) {
		failed(error);
		return;
	}
	document.removeEventListener("input", touch);

	// Choices that other terms may lack.
	const named = ["moniker", "plan", "category", "severity", "country", "metric"];
	// Adds the instant of a click into a day of the picture to the events.
	const add = (day, x) => {
		const strip = day.querySelector(".dt-strip")?.getBoundingClientRect();
		if (!strip) return;
		const from = Date.parse(day.dataset.from), to = Date.parse(day.dataset.to);
		const share = Math.min(1, Math.max(0, (x - strip.left) / strip.width));
		const quarter = 15 * 60_000;
		const at = duetime.wall(Math.round((from + share * (to - from)) / quarter) * quarter, zone());
		let slot = [...document.querySelectorAll(".event")].at(-1);
		if (slot.querySelector("[name=at]").value) slot = another();
		slot.querySelector("[name=at]").value = at;
		slot.querySelector("[name=event]").focus();
	};
	const another = () => {
		const slot = [...document.querySelectorAll(".event")].at(-1).cloneNode(true);
		slot.querySelectorAll("[name]").forEach((field) => { field.value = ""; });
		$("add").before(slot);
		return slot;
	};

	// The times in the form are in the zone that is entered, or else in the zone of the cloud.
	// Another cloud changes how a time is written, and not the instant.
	const zone = () => $("zone")?.value || $("zone")?.placeholder;
	const follow = (before) => {
		const now = zone();
		if (!before || now === before) return;
		for (const field of document.querySelectorAll("[type=datetime-local]")) {
			if (field.value) field.value = duetime.moved(field.value, before, now);
		}
		ask();
	};

	document.addEventListener("scroll", (e) => {
		if (e.target.id === "catalog") $("marks").style.setProperty("--scrolled", `${-e.target.scrollTop}px`);
	}, true);
	document.addEventListener("input", (e) => {
		const before = zone();
		if (e.target.name === "terms") {
			ask(e.target.value === "published" ? [...named, "catalog"] : named);
			follow(before);
			return;
		}
		if (e.target.name === "event" && e.target.value !== "severity-changed") {
			e.target.closest(".event").querySelector("[name=to]").value = "";
		}
		if (e.target.id !== "file") {
			ask();
			if (e.target.id !== "zone") follow(before);
		} else if (e.target.files[0]) {
			read(e.target.files[0]);
		}
	});
	document.addEventListener("submit", (e) => {
		e.preventDefault();
		ask();
		($("answer") ?? $("office")).scrollIntoView();
	});
	document.addEventListener("click", async (e) => {
		if (e.target.id === "add") {
			another().querySelector("input").focus();
		} else if (e.target.className === "remove") {
			const slot = e.target.closest(".event");
			if (document.querySelectorAll(".event").length === 1) another();
			slot.remove();
			$("add").focus();
			ask();
		} else if (e.target.closest?.(".dt-day")) {
			add(e.target.closest(".dt-day"), e.clientX);
		} else if (e.target.closest(".fault")) {
			const fault = e.target.closest(".fault");
			const lines = $("catalog").value.split("\n");
			const line = Math.max(0, fault.dataset.line - 1);
			const bytes = new TextEncoder().encode(lines[line] ?? "");
			const at = lines.slice(0, line).reduce((n, l) => n + l.length + 1, 0) +
				new TextDecoder().decode(bytes.slice(0, Math.max(0, fault.dataset.column - 1))).length;
			$("catalog").focus();
			$("catalog").setSelectionRange(at, at + 1);
			$("catalog").scrollTop = $("catalog").scrollHeight * Math.max(0, line - 3) / lines.length;
		} else if (e.target.id === "link") {
			e.preventDefault();
			try {
				await navigator.clipboard.writeText(location.href);
				$("copied").textContent = $("copied").dataset.text;
			} catch {
				$("copied").textContent = location.href;
			}
		}
	});
	const hasFile = (e) => e.dataTransfer?.types.includes("Files");
	document.addEventListener("dragover", (e) => { if (hasFile(e)) e.preventDefault(); });
	document.addEventListener("drop", (e) => {
		if (!hasFile(e)) return;
		e.preventDefault();
		document.querySelector("[name=terms][value=own]").checked = true;
		read(e.dataTransfer.files[0]);
	});

	let drawn = width(), resized;
	addEventListener("resize", () => {
		clearTimeout(resized);
		resized = setTimeout(() => {
			if (width() === drawn) return; // a keyboard came up, say
			drawn = width();
			ask();
		}, 200);
	});

	// The countdown each second, and the rest each minute, when nothing is open in it.
	let minute = new Date().getMinutes();
	setInterval(() => {
		if (document.hidden) return;
		if ($("countdown")) $("countdown").textContent = $("bar-left").textContent = duetime.countdown(question(), Date.now());
		if (minute !== new Date().getMinutes()) {
			minute = new Date().getMinutes();
			ask();
		}
	}, 1000);
})();
