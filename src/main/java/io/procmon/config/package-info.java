/**
 * The configuration: one mapping with a default and a unit for each key, its checks at start-up, and the tables of tools and
 * options that come with procmon.
 *
 * <p>Knows {@code process} and {@code parser}, whose values it makes from configured text. An invalid value stops the start-up with
 * one line: which key, which value, what is allowed ({@link io.procmon.config.InvalidConfiguration}).
 */
package io.procmon.config;
