/**
 * Delivery over HTTP: the REST client, the meaning of each HTTP status, and the embedded receiver that replaces a
 * backend on a laptop.
 *
 * <p>Knows {@code api}, {@code report}, {@code spool} and {@code config}.
 */
package io.procmon.api.http;
