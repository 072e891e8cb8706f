/**
 * What lies under {@code docker/}, checked against the program that it deploys: manifests are what their API takes, alerts
 * and dashboards ask for meters that are there, and what is configured can be configured.
 */
package io.procmon.deploy;
