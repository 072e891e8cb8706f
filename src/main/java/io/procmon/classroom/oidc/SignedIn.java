package io.procmon.classroom.oidc;

import io.procmon.classroom.access.People;
import io.procmon.classroom.access.Viewer;
import io.procmon.classroom.access.ViewerSource;
import io.procmon.classroom.access.Viewers;
import io.procmon.config.ProcmonConfig;
import io.quarkus.runtime.Startup;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.json.JsonString;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * The person who has signed in. The file of people determines the courses of a person; without the file, the claims of
 * the provider do.
 */
@Named(Viewers.OIDC)
@Startup // an invalid file aborts start-up
@ApplicationScoped
public class SignedIn implements ViewerSource {

    private final SecurityIdentity identity;
    private final String coursesClaim;
    private final Optional<People> people;

    @Inject
    SignedIn(SecurityIdentity identity, ProcmonConfig config) {
        this.identity = identity;
        coursesClaim = config.signIn().coursesClaim();
        people = config.signIn().peopleFile().map(People::read);
    }

    @Override
    public Viewer current() {
        return of(identity);
    }

    /** The identity of a signed-in person. */
    Viewer of(SecurityIdentity someone) {
        String name = someone.getPrincipal().getName();
        return people.map(known -> known.named(name))
                .orElseGet(() -> new Viewer(name, role(someone), courses(someone)));
    }

    /** If there are several roles, the role with the most rights applies. */
    private static Viewer.Role role(SecurityIdentity someone) {
        return someone.getRoles().stream()
                .flatMap(role -> Viewer.Role.named(role).stream())
                .max(Comparator.naturalOrder())
                .orElse(Viewer.Role.NONE);
    }

    /** The claim is a list, or a text with spaces. */
    private Set<String> courses(SecurityIdentity someone) {
        Object claim = someone.getPrincipal() instanceof JsonWebToken token ? token.getClaim(coursesClaim) : null;
        return switch (claim) {
            case null -> Set.of();
            case Collection<?> list -> list.stream().flatMap(SignedIn::words).collect(Collectors.toSet());
            default -> words(claim).collect(Collectors.toSet());
        };
    }

    private static Stream<String> words(Object value) {
        String text = value instanceof JsonString string ? string.getString() : String.valueOf(value);
        return Arrays.stream(text.split("\\s+", -1)).filter(word -> !word.isEmpty());
    }
}
