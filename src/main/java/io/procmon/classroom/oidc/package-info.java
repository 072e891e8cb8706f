/**
 * Sign-in by OpenID Connect: identifies the sender of a request, and decides whether a request needs sign-in. Nothing
 * here is active without an issuer: the provider is first contacted at the first request.
 *
 * <p>Knows {@code access}, {@code web} and {@code config}. A build without Quarkus' extension leaves this package out.
 */
package io.procmon.classroom.oidc;
