package io.procmon.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.procmon.events.Activity;
import io.procmon.process.Student;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URLEncoder;

/** The backend that procmon was made for: a path for each student's homework, one for builds and one for runs. */
@ApplicationScoped
public class JcodeDialect implements Dialect {

    @Override
    public String name() {
        return "jcode";
    }

    @Override
    public String path(Activity activity) {
        Student student = activity.started().origin().student();
        return "/api/" + encode(student.classDiv()) + "/"
                + encode(activity.started().homework()) + "/" + encode(student.id()) + "/logs/" + activity.kind();
    }

    @Override
    public Object body(Activity activity) {
        return ActivityBody.of(activity);
    }

    /** A name as one segment of a path: nothing in it can lead to another route. */
    private static String encode(String segment) {
        return URLEncoder.encode(segment, UTF_8).replace("+", "%20");
    }
}
