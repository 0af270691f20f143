// The board asks for its tickets again each time the server says that something has changed.

const $ = (id) => document.getElementById(id);

function element(name, properties, ...content) {
	const made = Object.assign(document.createElement(name), properties);
	made.append(...content);
	return made;
}

// line returns the cells of a table's row. The first is its heading.
const line = (contents) => contents.map((content, i) => element(i === 0 ? "th" : "td", {}, ...[content].flat()));
const fill = (body, lines) => body.replaceChildren(...lines.map((cells) => element("tr", {}, ...line(cells))));

// write changes text only if it differs, so that what is selected in it stays selected.
function write(where, text) {
	if (where.textContent !== text) where.textContent = text;
}

// time returns an instant in the viewer's zone.
function time(instant, more) {
	const parts = { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", ...more };
	return element("time", { dateTime: instant }, new Date(instant).toLocaleString("en-GB", parts));
}
const exactly = (instant) => time(instant, { second: "2-digit" });
const countdown = (instant) => element("data", { value: instant }); // tick shows it

// The server's time goes on from its last answer, at its own speed.
let clock = { now: Date.now(), speed: 1, since: performance.now() };

function tick() {
	const now = clock.now + (performance.now() - clock.since) * clock.speed;
	for (const e of document.querySelectorAll("data")) {
		const left = Date.parse(e.value) - now;
		e.classList.toggle("over", left < 0);
		write(e, left < 0 ? `${span(-left)} over` : `in ${span(left)}`);
	}
}

function span(ms) {
	const [s, m, h, d] = [1, 60, 3600, 86400].map((unit) => Math.floor(ms / 1000 / unit));
	const two = (n) => String(n).padStart(2, "0");
	if (d > 0) return `${d}d ${two(h % 24)}:${two(m % 60)}`;
	return h > 0 ? `${h}:${two(m % 60)}:${two(s % 60)}` : `${m}:${two(s % 60)}`;
}

const runs = (c) => c.due && (c.state === "running" || c.state === "pending");
const condition = (c) => (c.outcome === "open" ? c.state : `${c.state}, ${c.outcome}`);

async function ask(path) {
	const response = await fetch(path, { cache: "no-store", signal: AbortSignal.timeout(15000) });
	if (response.ok) return response.json();
	throw new Error((await response.json().catch(() => ({}))).detail ?? response.statusText);
}

const rows = new Map(); // by ticket ID
let limit = 100; // tickets to ask for: one more than the board shows

// wanted is the query of the filters that are set.
const wanted = () => new URLSearchParams([...new FormData($("filters"))].filter(([, value]) => value));

// list brings the rows up to date. It touches only those that have changed.
async function list() {
	const query = wanted();
	const answer = await ask(`tickets?${query}&limit=${limit}`);
	clock = { now: Date.parse(answer.now), speed: answer.speed, since: performance.now() };
	const tickets = answer.tickets.slice(0, limit - 1);
	const focused = document.activeElement;
	const news = [];
	for (const [id, { row }] of rows) {
		if (tickets.some((t) => t.id === id)) continue;
		row.remove();
		rows.delete(id);
	}
	tickets.forEach((t, i) => {
		const shown = rows.get(t.id) ?? { row: element("tr"), link: element("a") };
		const late = t.clocks.filter((c) => c.outcome === "breached").map((c) => `${t.id}: ${c.metric} is breached.`);
		news.push(...late.filter((words) => shown.late?.includes(words) === false));
		const text = JSON.stringify(t);
		if (text !== shown.text) draw(shown, t);
		rows.set(t.id, Object.assign(shown, { late, text }));
		shown.link.ariaCurrent = t.id === chosen;
		const there = $("tickets").children[i];
		if (there && there.nextSibling === shown.row) $("tickets").append(there); // it comes later
		else if (there !== shown.row) $("tickets").insertBefore(shown.row, there);
	});
	if (focused !== document.activeElement) focused.focus({ preventScroll: true });
	if (news.length > 0) write($("news"), news.join(" "));
	$("more").hidden = answer.tickets.length < limit || limit === 500;
	$("empty").hidden = tickets.length > 0 || query.size > 0;
	const number = answer.tickets.length < limit ? tickets.length : `First ${tickets.length}`;
	const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
	write($("summary"), `${number} tickets by time to breach. Times are in ${zone}.`);
}

function draw({ row, link }, t) {
	link.href = `#ticket=${encodeURIComponent(t.id)}`;
	link.replaceChildren(element("b", {}, t.id), " ", t.subject);
	const about = element("small", {}, [t.moniker, t.plan, t.outcome].filter(Boolean).join(", "));
	const first = t.clocks.find((c) => c.due === t.due && runs(c));
	const idle = t.clocks.some((c) => c.state === "paused") ? "paused" : "nothing due";
	const due = t.due ? [countdown(t.due), " ", element("span", {}, first?.metric ?? ""), " ", time(t.due)] : idle;
	const clocks = t.clocks.toSorted((a, b) => a.metric.localeCompare(b.metric)).map((c) =>
		element("li", { className: `${c.state} ${c.outcome}` }, `${c.metric}: ${condition(c)}`));
	const name = [element("i", {}, t.severity), " ", link, " ", about];
	row.replaceChildren(...line([name, due, element("ul", {}, ...clocks)]));
}

let chosen = null; // the ID of the ticket whose detail is open

// route opens or closes the detail, as the address says.
function route() {
	const before = chosen;
	chosen = new URLSearchParams(location.hash.slice(1)).get("ticket");
	if (chosen === before) return;
	$("detail").hidden = chosen === null;
	$("known").hidden = true;
	write($("name"), chosen ?? "");
	(chosen === null ? rows.get(before)?.link : $("name"))?.focus();
	refresh();
}

// show brings the detail up to date.
async function show(id) {
	const path = `tickets/${encodeURIComponent(id)}`;
	const t = await ask(path);
	if (id !== chosen) return;
	$("known").hidden = false;
	write($("subject"), t.subject);
	const request = Object.entries({ ...t.request, opened: exactly(t.request.opened).textContent, outcome: t.outcome });
	write($("request"), request.map((entry) => entry.join(" ")).join(", "));
	fill($("clocks"), t.explanations.map(({ metric, status }) =>
		[metric, runs(status) ? countdown(status.due) : condition(status), status.due ? time(status.due) : ""]));
	fill($("alarms"), t.alarms.map((a) => {
		const [metric, , ...threshold] = a.key.split("/");
		const delivery = a.delivered ? ["delivered ", exactly(a.delivered)] : [t.receiver ? "not delivered yet" : "no receiver"];
		if (a.withdrawn) delivery.unshift("withdrawn ", exactly(a.withdrawn), ", ");
		return [`${metric} ${threshold.join("/")}`, exactly(a.at), exactly(a.raised), delivery];
	}));
	write($("text"), t.text);
	$("picture").src = `${path}/picture?width=${Math.max(320, $("known").clientWidth)}&at=${t.now}`;
	$("picture").hidden = !(await $("picture").decode().then(() => true, () => false));
}

let work = Promise.resolve();
let waiting = false;

// refresh asks the server, after what is asked already.
function refresh() {
	if (waiting) return;
	waiting = true;
	work = work.then(async () => {
		waiting = false;
		await list();
		if (chosen !== null) await show(chosen);
		write($("problem"), "");
	}).catch((error) => {
		write($("problem"), `Trying again: ${error.message}`);
		setTimeout(refresh, 3000);
	}).then(tick);
}

let changes; // the stream of changes, which says something each 15 seconds at least
let heard;

function listen() {
	if (performance.now() - heard < 40000) return;
	changes?.close();
	heard = performance.now();
	changes = new EventSource("changes");
	changes.onerror = () => write($("connection"), "reconnecting");
	changes.onmessage = () => {
		heard = performance.now();
		write($("connection"), "live");
		refresh();
	};
}

for (const field of $("filters").elements) field.value = new URLSearchParams(location.search).get(field.name) ?? "";
$("filters").onchange = () => {
	history.replaceState(null, "", `?${wanted()}${location.hash}`);
	refresh();
};
$("filters").onreset = () => setTimeout($("filters").onchange);
$("more").onclick = () => {
	limit += 100;
	refresh();
};
$("close").onclick = () => {
	history.pushState(null, "", location.pathname + location.search);
	route();
};
onkeydown = (event) => {
	if (event.key === "Escape" && chosen !== null) $("close").click();
};
onhashchange = route;
$("command").textContent = `curl -H 'Content-Type: application/json' ${location.origin}/tickets \\
  -d '{"id": "T-1", "subject": "The shop is down", "moniker": "acme", "severity": "P1"}'`;
setInterval(tick, 100);
setInterval(listen, 1000);
listen();
route();
