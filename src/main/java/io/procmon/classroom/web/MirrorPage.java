package io.procmon.classroom.web;

import io.procmon.classroom.course.MirrorOffer;
import io.procmon.classroom.mirror.Look;
import io.procmon.classroom.web.MirrorBody.LookBody;
import io.procmon.classroom.web.RecordBody.Recorded;
import io.procmon.process.Student;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The page of a mirror link as HTML, without scripts.
 *
 * @param korean whether it is in Korean; otherwise it is in English
 * @param zone the time zone of its times
 */
record MirrorPage(boolean korean, ZoneId zone) {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss xxx");
    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm xxx");
    private static final String STYLE =
            ":root{color-scheme:light dark;background:light-dark(#fff,#16181c);color:light-dark(#1a1d21,#e8eaed)}"
                    + "a{color:light-dark(#1a5fd0,#8ab4ff)}body{font:1rem/1.5 system-ui,sans-serif;margin:1rem}"
                    + "h1{font-size:1.5rem}div{overflow-x:auto}table{border-collapse:collapse}"
                    + "th,td{text-align:start;padding:.2rem .6rem;border-bottom:1px solid #8886;white-space:nowrap}"
                    + "td:last-child{white-space:normal;min-width:12rem}";

    /**
     * The page in the language that a browser prefers.
     *
     * @param acceptLanguage the header of the request; null if there is none
     */
    static MirrorPage in(String acceptLanguage, ZoneId zone) {
        return new MirrorPage(acceptLanguage != null && acceptLanguage.startsWith("ko"), zone);
    }

    /** The record of a student, and the actions that are offered. */
    String of(Student student, String link, MirrorBody body, Set<MirrorOffer> offers) {
        StringBuilder html = new StringBuilder("<p>%s %s</p>".formatted(text(student.classDiv()), text(student.id())));
        String rows = lines(body, homework -> homework.attempts().stream().map(it -> row(homework.homeworkDir(), it)));
        html.append(rows.isEmpty() ? "<p>%s</p>".formatted(say(MirrorText.NOTHING)) : records(link, rows));
        String helps = lines(
                body,
                homework -> homework.interventions().stream()
                        .map(it -> "<li>%s %s %s</li>"
                                .formatted(time(it.at()), text(homework.homeworkDir()), text(it.teacher()))));
        if (!helps.isEmpty()) {
            html.append("<h2>%s</h2><ul>%s</ul>".formatted(say(MirrorText.HELP), helps));
        }
        if (!body.looks().isEmpty()) {
            html.append("<h2>%s</h2><p>%s</p>%s"
                    .formatted(
                            say(MirrorText.LOOKS),
                            say(MirrorText.LOOKS_INTRO),
                            table(
                                    MirrorText.LOOKS,
                                    MirrorText.LOOK_COLUMNS,
                                    body.looks().reversed().stream()
                                            .map(this::row)
                                            .collect(Collectors.joining()))));
        }
        return page(html.append(choice(link, body, offers))
                .append(
                        offers.contains(MirrorOffer.DELETION) && !rows.isEmpty()
                                ? form(link, "delete", say(MirrorText.WARNING), MirrorText.DELETE)
                                : "")
                .toString());
    }

    /** A page with one sentence. */
    String saying(MirrorText text) {
        return page("<p>%s</p>".formatted(say(text)));
    }

    /** The answer to a deletion. */
    String deleted(long attempts) {
        return page("<p>%s: %d</p>".formatted(say(MirrorText.DELETED), attempts));
    }

    private static String lines(MirrorBody body, Function<RecordBody, Stream<String>> each) {
        return body.records().stream().flatMap(each).collect(Collectors.joining());
    }

    private String records(String link, String rows) {
        return "<p>%s</p><p><a href=\"/mirror/%s/records\">%s</a></p>%s"
                .formatted(
                        say(MirrorText.INTRO),
                        link,
                        say(MirrorText.JSON),
                        table(MirrorText.TITLE, MirrorText.COLUMNS, rows));
    }

    /** A table that a narrow screen scrolls by itself. */
    private String table(MirrorText name, MirrorText columns, String rows) {
        String heads = Stream.of(say(columns).split(",", -1))
                .map("<th scope=\"col\">%s</th>"::formatted)
                .collect(Collectors.joining());
        return "<div role=\"region\" tabindex=\"0\" aria-label=\"%s\"><table><thead><tr>%s</tr></thead><tbody>%s</tbody></table></div>"
                .formatted(say(name), heads, rows);
    }

    private String row(LookBody look) {
        return row(
                HOUR.format(look.hour().atZone(zone)),
                switch (look.viewer()) {
                    case Look.TOKEN -> say(MirrorText.BY_TOKEN);
                    case Look.LOOPBACK -> say(MirrorText.BY_LOOPBACK);
                    case Look.LINK -> say(MirrorText.BY_LINK);
                    default -> look.viewer();
                },
                say(MirrorText.valueOf("AT_" + look.kind().toUpperCase(Locale.ROOT))));
    }

    private static String row(String... cells) {
        return Stream.of(cells)
                .map(cell -> "<td>%s</td>".formatted(text(cell)))
                .collect(Collectors.joining("", "<tr>", "</tr>"));
    }

    /** A student who has opted out can opt in again, even if the course does not offer to opt out any more. */
    private String choice(String link, MirrorBody body, Set<MirrorOffer> offers) {
        if (body.optedOutAt() != null) {
            return form(link, "opt-in", say(MirrorText.OPTED_OUT) + " " + time(body.optedOutAt()), MirrorText.OPT_IN);
        }
        return offers.contains(MirrorOffer.OPTING_OUT)
                ? form(link, "opt-out", say(MirrorText.RECORDED), MirrorText.OPT_OUT)
                : "";
    }

    private String form(String link, String action, String explanation, MirrorText button) {
        return "<form method=\"post\" action=\"/mirror/%s/%s\"><p>%s</p><button>%s</button></form>"
                .formatted(link, action, explanation, say(button));
    }

    private String row(String homework, Recorded recorded) {
        AttemptBody attempt = recorded.attempt();
        String diagnostics = attempt.diagnostics().stream()
                .map(it -> it.message() == null ? it.type() : it.message())
                .collect(Collectors.joining("; "));
        return row(
                time(attempt.startedAt()),
                homework,
                said(attempt.kind()),
                attempt.target(),
                attempt.signal() == null ? said(attempt.ending()) : attempt.signal(),
                Integer.toString(attempt.exitCode()),
                "%.3f".formatted(attempt.durationMs() / 1e3),
                attempt.node() == null ? "" : attempt.node(),
                diagnostics);
    }

    /** The word for a kind or an ending of an attempt. */
    private String said(String label) {
        return say(MirrorText.valueOf("IS_" + label.toUpperCase(Locale.ROOT)));
    }

    private String time(Instant at) {
        return TIME.format(at.atZone(zone));
    }

    private String say(MirrorText text) {
        return text.in(korean);
    }

    private String page(String body) {
        return """
                <!doctype html><html lang="%s"><head><meta charset="utf-8">\
                <meta name="viewport" content="width=device-width"><title>%s</title><style>%s</style></head>\
                <body><main><h1>%s</h1>%s</main></body></html>""".formatted(korean ? "ko" : "en", say(MirrorText.TITLE), STYLE, say(MirrorText.TITLE), body);
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
