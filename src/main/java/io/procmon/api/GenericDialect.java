package io.procmon.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.procmon.config.ProcmonConfig;
import io.procmon.events.Activity;
import io.procmon.events.Attributed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** One path for every event, which says in its body whose it is: {@code process_type} is the type, such as GCC. */
@ApplicationScoped
public class GenericDialect implements Dialect {

    @Inject
    ProcmonConfig config;

    @Inject
    ObjectMapper json;

    @Override
    public String name() {
        return "generic";
    }

    @Override
    public String path(Activity activity) {
        return config.api().genericPath();
    }

    @Override
    public Object body(Activity activity) {
        Attributed origin = activity.started().origin();
        ObjectNode body = json.valueToTree(ActivityBody.of(activity));
        body.put("process_type", origin.type().label());
        if (body.get("arguments") instanceof ArrayNode arguments && !arguments.isEmpty()) {
            arguments.remove(0);
        }
        body.put("kind", activity.kind());
        body.put("class_div", origin.student().classDiv());
        body.put("student_id", origin.student().id());
        body.put("homework_dir", activity.started().homework());
        return body;
    }
}
