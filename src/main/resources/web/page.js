// The page: rows that live, a dialog for one student's homework. No library, and nothing from anywhere else. What students
// name reaches the page as text only, never as markup.

const WORDS = {
  en: {
    course: "Course", section: "Section", homework: "Homework", state: "State", progress: "Progress", students: "Students",
    nothing: "Nothing has been seen yet.", student: "Student", trouble: "Signs", builds: "Builds", runs: "Runs",
    latest: "Latest", seen: "Last seen", timeline: "Time line", close: "Close", all: "All", failed_of: "failed",
    events: "Events", losses: "Lost", waiting: "Waiting", backend: "Backend", up: "answers", away: "is away",
    connected: "live", disconnected: "not connected", build: "build", run: "run", ok: "ok", failed: "failed",
    crashed: "crashed", stopped: "stopped", not_started: "not started", working: "working", built: "built", ran: "ran",
    requirements_met: "requirements met", late: "late", stuck: "stuck", "crash-loop": "crash loop",
    "infinite-loop": "infinite loop", "test-driven": "test-driven", "build-without-run": "builds, never runs",
    "paste-and-submit": "ready at once", "late-start": "late start", failing: "failing", pause: "pause of",
    active: "Time at it", streak: "Failures in a row", worst: "at worst", repair: "Time to repair", crashes: "Crashes",
    tools: "Tools", running: "Running now", pairs: "Failure pairs", misses: "misses",
  },
  ko: {
    course: "과목", section: "분반", homework: "과제", state: "상태", progress: "진행 상황", students: "학생",
    nothing: "아직 관찰된 활동이 없습니다.", student: "학생", trouble: "징후", builds: "빌드", runs: "실행",
    latest: "최근", seen: "마지막 활동", timeline: "타임라인", close: "닫기", all: "전체", failed_of: "실패",
    events: "이벤트", losses: "손실", waiting: "대기", backend: "백엔드", up: "응답함", away: "응답 없음",
    connected: "실시간", disconnected: "연결 끊김", build: "빌드", run: "실행", ok: "성공", failed: "실패",
    crashed: "비정상 종료", stopped: "중단됨", not_started: "시작 전", working: "작업 중", built: "빌드됨", ran: "실행됨",
    requirements_met: "요구 사항 충족", late: "지각", stuck: "막힘", "crash-loop": "반복되는 비정상 종료",
    "infinite-loop": "무한 루프", "test-driven": "테스트 주도", "build-without-run": "실행 없는 빌드",
    "paste-and-submit": "즉시 완성", "late-start": "늦은 시작", failing: "실패 중", pause: "휴식",
    active: "작업 시간", streak: "연속 실패", worst: "최다", repair: "수정 시간", crashes: "비정상 종료",
    tools: "도구", running: "실행 중", pairs: "연속 실패 비율", misses: "미충족",
  },
};
const STATES = ["not_started", "working", "built", "ran", "requirements_met", "late"];
const TONE = { requirements_met: "ok", ran: "ok", built: "ok", working: "failed", late: "crashed", not_started: "stopped" };
const SERIOUS = { stuck: "crashed", "crash-loop": "crashed", "infinite-loop": "stopped" };
const PAUSE_MS = 30 * 60 * 1000;

const works = new Map();
const filters = document.getElementById("filters");
const body = document.querySelector("#students tbody");
let language = localStorage.getItem("language") ?? (navigator.language.startsWith("ko") ? "ko" : "en");

const word = (key) => WORDS[language][key] ?? key;
const keyOf = (work) => [work.class_div, work.homework_dir, work.student_id].join("/");
const course = (work) => work.class_div.slice(0, work.class_div.lastIndexOf("-"));
const section = (work) => work.class_div.slice(work.class_div.lastIndexOf("-") + 1);
const facets = { course, section, homework: (work) => work.homework_dir, state: (work) => work.state };

function element(name, { text, ...attributes } = {}, ...children) {
  const it = name === "svg" || name === "rect" || name === "title"
    ? document.createElementNS("http://www.w3.org/2000/svg", name)
    : document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) it.setAttribute(key, value);
  if (text !== undefined) it.textContent = text;
  it.append(...children);
  return it;
}

function time(milliseconds) {
  const seconds = Math.round(milliseconds / 1000);
  if (milliseconds < 10_000) return `${(milliseconds / 1000).toFixed(2)} s`;
  if (seconds < 120) return `${seconds} s`;
  return seconds < 7200 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}

const clock = (iso) => iso
  ? new Date(iso).toLocaleTimeString(language, { hour: "2-digit", minute: "2-digit", second: "2-digit" })
  : "";

/** What a teacher should see first of a student: signs that are there now. */
function signs(work) {
  const found = Object.entries(work.patterns)
    .filter(([, places]) => places.some((place) => place.ongoing))
    .map(([name]) => [name, SERIOUS[name] ?? "stopped"]);
  if (work.figures.failure_streak > 1 && !work.patterns.stuck?.some((place) => place.ongoing)) {
    found.push([`${word("failing")} ×${work.figures.failure_streak}`, "failed"]);
  }
  return found;
}

/** Builds stand below the line in which runs stand; height and colour say how they ended. */
function spark(work) {
  const recent = work.recent;
  const words = recent.slice(-5).map((it) => `${word(it.kind)} ${word(it.ending)}`).join(", ");
  const svg = element("svg", { width: 150, height: 22, viewBox: "0 0 150 22", role: "img", "aria-label": words });
  recent.forEach((it, index) => {
    const height = it.ending === "ok" ? 6 : 10;
    svg.append(element("rect", {
      x: index * 5, y: it.kind === "run" ? 11 - height : 12, width: 4, height, class: it.ending,
    }));
  });
  return svg;
}

function cell(label, content, className) {
  const it = element("td", { "data-label": word(label), ...(className ? { class: className } : {}) });
  it.append(content);
  return it;
}

function row(work) {
  const { figures } = work;
  const name = element("button", { type: "button", text: `${work.class_div} ${work.student_id}` });
  name.addEventListener("click", () => show(work));
  const found = element("span");
  for (const [sign, tone] of signs(work)) found.append(element("span", { class: `tag ${tone}`, text: word(sign) }));
  const failed = figures.failed_builds ? ` (${figures.failed_builds} ${word("failed_of")})` : "";
  const crashes = Object.values(figures.crashes).reduce((sum, count) => sum + count, 0);
  return element("tr", { "data-key": keyOf(work) },
    cell("student", name),
    cell("homework", work.homework_dir),
    cell("state", element("span", { class: TONE[work.state], text: word(work.state) })),
    cell("trouble", found),
    cell("builds", `${figures.builds}${failed}`, "number"),
    cell("runs", `${figures.runs}${crashes ? ` (${crashes} ${word("crashed")})` : ""}`, "number"),
    cell("latest", spark(work)),
    cell("seen", clock(figures.last_activity), "number"));
}

const matches = (work) => Object.entries(facets)
  .every(([name, of]) => !filters.elements[name].value || of(work) === filters.elements[name].value);

/** Keeps the keyboard where it was. */
function draw(fresh = new Set()) {
  const focused = document.activeElement?.closest?.("tr")?.dataset.key;
  const shown = [...works.values()].filter(matches)
    .sort((a, b) => signs(b).length - signs(a).length || keyOf(a).localeCompare(keyOf(b)));
  body.replaceChildren(...shown.map(row));
  for (const tr of body.rows) {
    if (fresh.has(tr.dataset.key)) tr.classList.add("new");
    if (tr.dataset.key === focused) tr.querySelector("button").focus();
  }
  document.getElementById("nothing").hidden = shown.length > 0;
  document.getElementById("students").hidden = shown.length === 0;
  drawProgress(shown);
}

function drawProgress(shown) {
  const homeworks = Map.groupBy(shown, (work) => `${course(work)} ${work.homework_dir}`);
  document.getElementById("progress").replaceChildren(...[...homeworks].sort().map(([name, of]) => {
    const bar = element("div", { class: "bar", "aria-hidden": "true" });
    const counts = STATES.map((state) => [state, of.filter((work) => work.state === state).length]).filter(([, n]) => n);
    for (const [state, count] of counts) {
      const part = element("div", { class: `part ${TONE[state]}` });
      part.style.flexGrow = count;
      bar.append(part);
    }
    return element("li", {}, element("strong", { text: name }), bar,
      element("span", { text: counts.map(([state, count]) => `${word(state)} ${count}`).join(" · ") }));
  }));
}

function drawFilters() {
  for (const [name, of] of Object.entries(facets)) {
    const select = filters.elements[name];
    const chosen = select.value;
    const values = [...new Set([...works.values()].map(of))].sort();
    select.replaceChildren(element("option", { value: "", text: word("all") }),
      ...values.map((value) => element("option", { value, text: name === "state" ? word(value) : value })));
    select.value = values.includes(chosen) ? chosen : "";
  }
}

function pairs(list, entries) {
  list.replaceChildren(...entries.filter(([, value]) => value !== undefined && value !== "")
    .map(([label, value]) => element("div", {}, element("dt", { text: word(label) }), element("dd", { text: value }))));
}

async function show(work) {
  const { figures } = work;
  document.getElementById("detail-title").textContent = `${work.class_div} ${work.student_id}, ${work.homework_dir}`;
  pairs(document.getElementById("figures"), [
    ["state", word(work.state)],
    ["active", time(figures.active_ms)],
    ["streak", `${figures.failure_streak} (${word("worst")} ${figures.worst_failure_streak})`],
    ["repair", figures.median_repair_ms && time(figures.median_repair_ms)],
    ["crashes", Object.entries(figures.crashes).map(([signal, count]) => `${signal} ×${count}`).join(", ")],
    ["pairs", figures.failure_pair_ratio?.toFixed(2)],
    ["tools", figures.tools.join(", ")],
    ["running", figures.longest_running && `${figures.longest_running.target} ${clock(figures.longest_running.started_at)}`],
  ]);
  const query = new URLSearchParams({
    course: course(work), section: section(work), homework: work.homework_dir, student: work.student_id,
  });
  const attempts = await (await fetch(`/api/workflow/attempts?${query}`)).json();
  document.querySelector("#timeline ol").replaceChildren(...attempts.flatMap((it, index) => {
    const before = attempts[index - 1];
    const pause = before ? new Date(it.started_at) - new Date(before.ended_at) : 0;
    const line = element("li", {},
      element("time", { datetime: it.started_at, text: clock(it.started_at) }),
      element("span", { text: word(it.kind) }),
      element("span", { class: it.ending, text: `${word(it.ending)}${it.signal ? ` ${it.signal}` : ""}` }),
      element("span", { text: time(it.duration_ms) }),
      element("span", { text: it.target + (it.failed_checks?.length ? ` (${word("misses")}: ${it.failed_checks.join(", ")})` : "") }));
    return pause > PAUSE_MS
      ? [element("li", { class: "pause", text: `${word("pause")} ${time(pause)}` }), line]
      : [line];
  }));
  document.getElementById("detail").showModal();
}

/** Up and down go from student to student. */
body.addEventListener("keydown", (event) => {
  const step = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" }[event.key];
  const target = step && event.target.closest("tr")?.[step]?.querySelector("button");
  if (target) {
    event.preventDefault();
    target.focus();
  }
});

let live = false;
async function drawHealth() {
  let health = {};
  try {
    health = await (await fetch("/api/status")).json();
  } catch {
    live = false;
  }
  pairs(document.getElementById("health"), [
    ["events", health.events], ["losses", health.losses], ["waiting", health.waiting],
    ["backend", health.backend_away === undefined ? "" : word(health.backend_away ? "away" : "up")],
    ["", word(live ? "connected" : "disconnected")],
  ]);
}

function speak() {
  document.documentElement.lang = language;
  for (const it of document.querySelectorAll("[data-word]")) it.textContent = word(it.dataset.word);
  const other = document.getElementById("language");
  other.textContent = language === "ko" ? "English" : "한국어";
  other.lang = language === "ko" ? "en" : "ko";
  drawFilters();
  draw();
  drawHealth();
}

document.getElementById("language").addEventListener("click", () => {
  language = language === "ko" ? "en" : "ko";
  localStorage.setItem("language", language);
  speak();
});
filters.addEventListener("change", () => draw());

function take(changed) {
  for (const work of changed) works.set(keyOf(work), work);
  drawFilters();
  draw(new Set(changed.map(keyOf)));
}

async function takeAll() {
  take(await (await fetch("/api/workflow")).json());
}

/** What changes, while it does; after a break all that is known once more, so that nothing is missed. */
function listen() {
  const changes = new EventSource("/api/workflow/changes");
  changes.addEventListener("open", () => {
    live = true;
    takeAll();
    drawHealth();
  });
  changes.addEventListener("message", (event) => take(JSON.parse(event.data)));
  changes.addEventListener("error", () => {
    live = false;
    drawHealth();
  });
}

speak();
takeAll();
listen();
setInterval(drawHealth, 5000);
