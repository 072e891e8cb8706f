package io.procmon.classroom.web;

import io.procmon.classroom.course.MirrorOffer;
import io.procmon.classroom.web.RecordBody.Recorded;
import io.procmon.process.Student;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The page of a mirror link as HTML, without scripts. */
enum MirrorPage {
    ENGLISH(
            "en",
            "What procmon has recorded of you",
            "Each line is a build or a run. The file below has all fields of each. Your teachers see the same.",
            "All fields, as JSON",
            "Start,Homework,,File,Result,Exit status,Seconds,Node,Errors and warnings",
            "A teacher was with you",
            "Nothing is recorded.",
            "Delete all of it",
            "Deletion cannot be undone. What you do afterwards is recorded again.",
            "Deleted: builds and runs"),
    KOREAN(
            "ko",
            "procmon이 나에 대해 기록한 것",
            "한 줄이 빌드나 실행 하나입니다. 아래 파일에 각각의 모든 항목이 있습니다. 선생님도 같은 것을 봅니다.",
            "모든 항목 (JSON)",
            "시작,과제,,파일,결과,종료 상태,초,노드,오류와 경고",
            "선생님이 도와주었습니다",
            "기록이 없습니다.",
            "모두 삭제",
            "삭제하면 되돌릴 수 없습니다. 이후의 활동은 다시 기록됩니다.",
            "삭제한 빌드와 실행");

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss xxx").withZone(ZoneId.systemDefault());
    private static final String STYLE = "body{font:1rem/1.5 system-ui,sans-serif;margin:2rem;color-scheme:light dark}"
            + "table{border-collapse:collapse}th,td{text-align:start;padding:.2rem .6rem;border-bottom:1px solid #8886}";

    private final String language;
    private final String title;
    private final String intro;
    private final String json;
    private final String columns;
    private final String help;
    private final String nothing;
    private final String delete;
    private final String warning;
    private final String deleted;

    MirrorPage(
            String language,
            String title,
            String intro,
            String json,
            String columns,
            String help,
            String nothing,
            String delete,
            String warning,
            String deleted) {
        this.language = language;
        this.title = title;
        this.intro = intro;
        this.json = json;
        this.columns = columns;
        this.help = help;
        this.nothing = nothing;
        this.delete = delete;
        this.warning = warning;
        this.deleted = deleted;
    }

    /** The page in the language that a browser prefers. */
    static MirrorPage in(String acceptLanguage) {
        return acceptLanguage != null && acceptLanguage.startsWith("ko") ? KOREAN : ENGLISH;
    }

    /** The record of a student. */
    String of(Student student, String link, List<RecordBody> records, Set<MirrorOffer> offers) {
        String rows = records.stream()
                .flatMap(homework -> homework.attempts().stream().map(it -> row(homework.homeworkDir(), it)))
                .collect(Collectors.joining());
        String helps = records.stream()
                .flatMap(homework -> homework.interventions().stream()
                        .map(it -> "<li>%s %s %s</li>"
                                .formatted(TIME.format(it.at()), text(homework.homeworkDir()), text(it.teacher()))))
                .collect(Collectors.joining());
        StringBuilder body = new StringBuilder(
                "<p>%s %s</p><p>%s</p>".formatted(text(student.classDiv()), text(student.id()), intro));
        body.append(
                rows.isEmpty()
                        ? "<p>%s</p>".formatted(nothing)
                        : "<p><a href=\"/mirror/%s/records\">%s</a></p><table><thead><tr>%s</tr></thead><tbody>%s</tbody></table>"
                                .formatted(
                                        link,
                                        json,
                                        Stream.of(columns.split(",", -1))
                                                .map("<th>%s</th>"::formatted)
                                                .collect(Collectors.joining()),
                                        rows));
        if (!helps.isEmpty()) {
            body.append("<h2>%s</h2><ul>%s</ul>".formatted(help, helps));
        }
        if (offers.contains(MirrorOffer.DELETION) && !rows.isEmpty()) {
            body.append("<form method=\"post\" action=\"/mirror/%s/delete\"><p>%s</p><button>%s</button></form>"
                    .formatted(link, warning, delete));
        }
        return page(body.toString());
    }

    /** The answer to a deletion. */
    String deleted(long attempts) {
        return page("<p>%s: %d</p>".formatted(deleted, attempts));
    }

    private String row(String homework, Recorded recorded) {
        AttemptBody attempt = recorded.attempt();
        String diagnostics = attempt.diagnostics().stream()
                .map(it -> it.message() == null ? it.type() : it.message())
                .collect(Collectors.joining("; "));
        return List.of(
                        TIME.format(attempt.startedAt()),
                        homework,
                        attempt.kind(),
                        attempt.target(),
                        attempt.signal() == null ? attempt.ending() : attempt.signal(),
                        Integer.toString(attempt.exitCode()),
                        "%.3f".formatted(attempt.durationMs() / 1e3),
                        attempt.node() == null ? "" : attempt.node(),
                        diagnostics)
                .stream()
                .map(cell -> "<td>%s</td>".formatted(text(cell)))
                .collect(Collectors.joining("", "<tr>", "</tr>"));
    }

    private String page(String body) {
        return """
                <!doctype html><html lang="%s"><head><meta charset="utf-8">\
                <meta name="viewport" content="width=device-width"><title>%s</title><style>%s</style></head>\
                <body><main><h1>%s</h1>%s</main></body></html>""".formatted(language, title, STYLE, title, body);
    }

    /** A text as HTML. */
    private static String text(String text) {
        StringBuilder html = new StringBuilder();
        text.codePoints().forEach(point -> {
            if ("&<>\"'".indexOf(point) >= 0 || Character.isISOControl(point)) {
                html.append("&#")
                        .append(Character.isISOControl(point) ? 0xFFFD : point)
                        .append(';');
            } else {
                html.appendCodePoint(point);
            }
        });
        return html.toString();
    }
}
