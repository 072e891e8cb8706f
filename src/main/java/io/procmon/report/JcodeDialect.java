package io.procmon.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.procmon.events.Report;
import io.procmon.process.Student;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URLEncoder;

/**
 * The dialect of the backend that procmon was made for. Each student and homework has a path for builds and a path for
 * runs.
 */
@ApplicationScoped
public class JcodeDialect implements Dialect {

    public static final String NAME = "jcode";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean knowsPatterns() {
        return false;
    }

    @Override
    public String path(Report report) {
        Student student = report.student();
        return "/api/" + encode(student.classDiv()) + "/" + encode(report.homework()) + "/" + encode(student.id())
                + "/logs/" + report.kind();
    }

    @Override
    public String body(Report report) {
        return report.activity();
    }

    /**
     * Encodes a name as one segment of a path, so that no name can lead to another route. This includes the names
     * {@code .} and {@code ..}.
     */
    private static String encode(String segment) {
        return URLEncoder.encode(segment, UTF_8).replace("+", "%20").replace(".", "%2E");
    }
}
