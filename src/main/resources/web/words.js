// The texts of the page in each language, and the formats of times.

const WORDS = {
  en: {
    course: "Course", section: "Section", homework: "Homework", state: "State", progress: "Progress", students: "Students",
    nothing: "Nothing has been seen yet.", student: "Student", trouble: "Signs", builds: "Builds", runs: "Runs",
    latest: "Latest", seen: "Last seen", timeline: "Time line", close: "Close", all: "All", failed_of: "failed",
    events: "Events", losses: "Lost", waiting: "Waiting", backend: "Backend", up: "answers", away: "does not answer",
    connected: "live", disconnected: "not connected", build: "build", run: "run", ok: "ok", failed: "failed",
    crashed: "crashed", stopped: "stopped", not_started: "not started", working: "working", built: "built", ran: "ran",
    requirements_met: "requirements met", late: "late", opted_out: "opted out", stuck: "stuck", "crash-loop": "crash loop",
    "infinite-loop": "infinite loop", "test-driven": "test-driven", "build-without-run": "builds, never runs",
    "paste-and-submit": "ready at once", "late-start": "late start", failing: "failing", pause: "pause of",
    active: "Active time", streak: "Failures in a row", worst: "maximum", repair: "Time to repair", crashes: "Crashes",
    tools: "Tools", running: "Running now", pairs: "Failure pairs", misses: "not met", activities: "Builds and runs",
    event_rate: "Events/s", program_rate: "Programs/s", computed: "processor time",
    help: "Who may need help now", hide_names: "Hide names", since: "for",
    "why-stuck": "failed builds in a row", "why-crash-loop": "crashes in a row",
    "why-infinite-loop": "runs with long processor time",
    errors: "Most common errors now", students_with: "students", since_time: "since",
    errors_now: "Errors now", reasons: "Why", quotient: "Error Quotient of this log",
    density: "Repeated Error Density of this log", "same-error-again": "same error again",
    times_1: "once", times_2: "twice", times_3: "{n} times", story_build_failed: "failed to build {times}",
    story_build_ok: "built {times}", story_build_stopped: "stopped a build {times}", story_fixed: "fixed after {time}",
    story_run_ok: "ran {times}", story_run_failed: "ran with an error {times}", story_run_crashed: "crashed {times} in {file}",
    story_run_stopped: "stopped the program {times}", story_run_running: "runs now",
    come: "I am with this student", with: "A teacher is with", a_teacher: "a teacher", with_student: "You are with",
    not_saved: "It could not be saved. Try again.", your_name: "Your name for other teachers",
    sort: "Order", search: "Search", pages: "Pages", previous: "Previous", next: "Next", started: "started", at_work: "at work now",
    step_working: "working", step_built: "built", step_ran: "ran", step_done: "done", steps: "Not reached", median: "median",
    class_size: "Students compared", all_homework: "All homework",
    "longer-than-class": "longer than the class",
    "why-longer-than-class": "failing for {time}; {share} % of {students} others needed at most {within} on the way to “{step}”",
    built_on: "built on", interventions: "A teacher was there", recovered: "recovered after",
    failed_builds: "Failed", unit_s: " s", unit_min: " min", unit_h: " h", unit_d: " d",
    "students_with-1": "student", "why-stuck-1": "failed build", "why-crash-loop-1": "crash",
    "why-infinite-loop-1": "run with long processor time", refused: "You may not see this page. Sign in again, or ask the operator.",
  },
  ko: {
    course: "과목", section: "분반", homework: "과제", state: "상태", progress: "진행 상황", students: "학생",
    nothing: "아직 관찰된 활동이 없습니다.", student: "학생", trouble: "징후", builds: "빌드", runs: "실행",
    latest: "최근", seen: "마지막 활동", timeline: "타임라인", close: "닫기", all: "전체", failed_of: "실패",
    events: "이벤트", losses: "손실", waiting: "대기", backend: "백엔드", up: "응답함", away: "응답 없음",
    connected: "실시간", disconnected: "연결 끊김", build: "빌드", run: "실행", ok: "성공", failed: "실패",
    crashed: "비정상 종료", stopped: "중단됨", not_started: "시작 전", working: "작업 중", built: "빌드됨", ran: "실행됨",
    requirements_met: "요구 사항 충족", late: "지각", opted_out: "기록 거부", stuck: "막힘", "crash-loop": "반복되는 비정상 종료",
    "infinite-loop": "무한 루프", "test-driven": "테스트 주도", "build-without-run": "실행 없는 빌드",
    "paste-and-submit": "즉시 완성", "late-start": "늦은 시작", failing: "실패 중", pause: "휴식",
    active: "작업 시간", streak: "연속 실패", worst: "최다", repair: "수정 시간", crashes: "비정상 종료",
    tools: "도구", running: "실행 중", pairs: "연속 실패 비율", misses: "미충족", activities: "빌드와 실행",
    event_rate: "초당 이벤트", program_rate: "초당 프로그램", computed: "CPU 시간",
    help: "지금 도움이 필요할 수 있는 학생", hide_names: "이름 숨기기", since: "지속 시간",
    "why-stuck": "회 연속 빌드 실패", "why-crash-loop": "회 연속 비정상 종료",
    "why-infinite-loop": "회 긴 CPU 시간 실행",
    errors: "지금 가장 흔한 오류", students_with: "명", since_time: "시작",
    errors_now: "현재 오류", reasons: "이유", quotient: "이 기록의 Error Quotient",
    density: "이 기록의 Repeated Error Density", "same-error-again": "같은 오류 반복",
    times_1: "1번", times_2: "2번", times_3: "{n}번", story_build_failed: "빌드 {times} 실패",
    story_build_ok: "빌드 {times} 성공", story_build_stopped: "빌드 {times} 중단", story_fixed: "{time} 뒤 해결",
    story_run_ok: "{times} 실행", story_run_failed: "오류로 {times} 종료", story_run_crashed: "{file}에서 {times} 비정상 종료",
    story_run_stopped: "프로그램 {times} 중단", story_run_running: "지금 실행 중",
    come: "이 학생을 돕는 중", with: "교수자가 함께 있는 학생", a_teacher: "교수자", with_student: "돕고 있는 학생",
    not_saved: "저장하지 못했습니다. 다시 시도하세요.", your_name: "다른 교수자에게 보일 이름",
    sort: "정렬", search: "검색", pages: "쪽", previous: "이전", next: "다음", started: "시작함", at_work: "지금 작업 중",
    step_working: "작업", step_built: "빌드", step_ran: "실행", step_done: "완료", steps: "남은 단계", median: "중앙값",
    class_size: "비교한 학생 수", all_homework: "모든 과제",
    "longer-than-class": "다른 학생보다 오래 걸림",
    "why-longer-than-class": "{time} 동안 실패 중; “{step}” 단계에서 다른 학생 {students}명 중 {share}%는 {within} 안에 해결",
    built_on: "빌드한 노드:", interventions: "교수자가 도운 시각", recovered: "회복까지",
    failed_builds: "실패", unit_s: "초", unit_min: "분", unit_h: "시간", unit_d: "일",
    "students_with-1": "명", "why-stuck-1": "회 빌드 실패", "why-crash-loop-1": "회 비정상 종료",
    "why-infinite-loop-1": "회 긴 CPU 시간 실행", refused: "이 페이지를 볼 수 없습니다. 다시 로그인하거나 운영자에게 문의하세요.",
  },
};

export let language = localStorage.getItem("language") ?? (navigator.language.startsWith("ko") ? "ko" : "en");

export function speak(other) {
  language = other;
  localStorage.setItem("language", other);
}

export const word = (key) => WORDS[language][key] ?? key;

/** A number of things, such as "1 student" or "2 students". */
export const counted = (count, key) => `${count}${language === "ko" ? "" : " "}${word(count === 1 ? `${key}-1` : key)}`;

/**
 * The server's phrases in Korean: the names of requirements, and the reasons of signs. A phrase that is not listed, such as
 * the name of a milestone, stays as it is.
 */
const PHRASES = [
  [/^open$/, "시작 시각 이후"], [/^due$/, "마감 전 완료"],
  [/^source (.+)$/, "소스 $1"], [/^output (.+)$/, "출력 파일 $1"], [/^language (.+)$/, "언어 $1"], [/^standard (.+)$/, "표준 $1"],
  [/^option (.+)$/, "옵션 $1"], [/^no option (.+)$/, "옵션 $1 금지"], [/^no tool (.+)$/, "도구 $1 금지"],
  [/^no error (.+)$/, "오류 $1 금지"], [/^exit status (\d+) of (.+)$/, "$2 종료 상태 $1"],
  [/^run time ([\d.]+) s$/, "실행 시간 $1초 이내"], [/^peak memory (\d+) KiB$/, "최대 메모리 $1 KiB 이내"],
  [/^(\d+) builds failed in (\d+) minutes; (\d+) of them with (.+)$/, "$2분 동안 빌드 $1번 실패, 그중 $3번은 $4"],
  [/^(\d+) builds failed in (\d+) minutes$/, "$2분 동안 빌드 $1번 실패"],
  [/^(.+), (\d+) times in a row$/, "$1, $2번 연속"],
];

/** A phrase of the server in the language of the page. */
export function phrase(text) {
  const [pattern, korean] = language === "ko" ? PHRASES.find(([it]) => it.test(text)) ?? [] : [];
  return pattern ? text.replace(pattern, korean) : text;
}

/** A duration; below ten seconds with a number of digits after the point. */
export function time(milliseconds, digits = 2) {
  const seconds = Math.round(milliseconds / 1000);
  if (milliseconds < 10_000) return `${(milliseconds / 1000).toFixed(digits)}${word("unit_s")}`;
  if (seconds < 120) return `${seconds}${word("unit_s")}`;
  if (seconds < 7200) return `${Math.round(seconds / 60)}${word("unit_min")}`;
  return seconds < 172_800 ? `${(seconds / 3600).toFixed(1)}${word("unit_h")}` : `${Math.round(seconds / 86_400)}${word("unit_d")}`;
}

const CLOCK = { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" };

/** A time of day; with the date if it is not today. */
export function clock(iso) {
  if (!iso) return "";
  const at = new Date(iso);
  const isToday = at.toDateString() === new Date().toDateString();
  return at.toLocaleString(language, isToday ? CLOCK : { month: "short", day: "numeric", ...CLOCK });
}
