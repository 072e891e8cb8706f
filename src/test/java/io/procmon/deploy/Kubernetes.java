package io.procmon.deploy;

import static java.util.stream.Collectors.toMap;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** Reads manifests like the API server in strict mode: an unknown field is an error. */
final class Kubernetes {

    private static final Map<String, Class<? extends HasMetadata>> KINDS = Stream.of(
                    Namespace.class,
                    ServiceAccount.class,
                    Service.class,
                    Deployment.class,
                    PodDisruptionBudget.class,
                    ConfigMap.class,
                    DaemonSet.class,
                    NetworkPolicy.class,
                    PodMonitor.class)
            .collect(toMap(kind -> HasMetadata.getApiVersion(kind) + " " + kind.getSimpleName(), Function.identity()));

    private static final ObjectMapper STRICT = new ObjectMapper().setAnnotationIntrospector(new NothingUnknown());

    private Kubernetes() {}

    /** Parses a manifest; fails if it is not valid for its kind. */
    static HasMetadata read(JsonNode manifest) throws JsonProcessingException {
        String kind = manifest.path("apiVersion").asText() + " "
                + manifest.path("kind").asText();
        if (!KINDS.containsKey(kind)) {
            throw new AssertionError("'%s' is none of %s".formatted(kind, KINDS.keySet()));
        }
        return STRICT.treeToValue(manifest, KINDS.get(kind));
    }

    /** The classes of the model keep unknown fields in a map, because clients are lenient. We are not. */
    private static final class NothingUnknown extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1;

        @Override
        public Boolean hasAnySetter(Annotated member) {
            return false;
        }
    }
}
