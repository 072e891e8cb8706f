/**
 * Sign-in by OpenID Connect: who sends a request, and whether a request needs sign-in. Nothing here is active without an
 * issuer: the provider is asked with the first request.
 *
 * <p>Knows {@code access}, {@code web} and {@code config}. A build without Quarkus' extension leaves this package out.
 */
package io.procmon.classroom.oidc;
