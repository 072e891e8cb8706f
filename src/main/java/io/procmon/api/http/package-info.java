/**
 * Delivery over HTTP: the REST client, the meaning of each HTTP status, and the embedded receiver that replaces a
 * backend on a laptop.
 *
 * <p>Knows {@code api}, {@code report}, {@code spool}, {@code events}, {@code config}, and the receiver of {@code web}.
 */
package io.procmon.api.http;
