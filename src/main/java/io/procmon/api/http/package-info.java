/**
 * Delivery by HTTP: the REST client, the meaning of each HTTP status, and the receiver that stands in for a backend on a laptop.
 *
 * <p>Knows {@code api}, {@code report}, {@code spool} and {@code config}.
 */
package io.procmon.api.http;
