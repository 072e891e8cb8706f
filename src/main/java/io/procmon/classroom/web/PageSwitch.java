package io.procmon.classroom.web;

import io.procmon.classroom.logbook.ClassRegister;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.SimpleResourceInfo;

/** Answers 404 for the page and the data of the class, if the class page is off ({@code procmon.classroom.enabled}). */
@Singleton
public class PageSwitch {

    private final ClassRegister register;

    /** @param register a proxy: filters are created before the configuration can be read */
    @Inject
    PageSwitch(ClassRegister register) {
        this.register = register;
    }

    /** The answer of a resource in this package if the page is off; empty for all other requests. */
    @ServerRequestFilter
    public Optional<Response> refuse(SimpleResourceInfo resource) {
        boolean isPage = resource.getResourceClass().getPackageName().equals(PageSwitch.class.getPackageName());
        return !isPage || register.isEnabled()
                ? Optional.empty()
                : Optional.of(Response.status(Response.Status.NOT_FOUND)
                        .entity("the class page of this node is off: see PROCMON_CLASSROOM_ENABLED")
                        .type("text/plain;charset=UTF-8")
                        .build());
    }
}
