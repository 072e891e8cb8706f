/**
 * Compares the files in {@code docker/} with the program that they deploy: manifests are valid for their API, alerts
 * and dashboards use existing metrics, and settings use existing keys.
 */
package io.procmon.deploy;
