{{- /* SPDX-License-Identifier: MIT */ -}}
{{/* A manifest of docker/kubernetes as a map: (list $ "base/daemon-set.yaml"). */}}
{{- define "procmon.file" -}}
{{- (index . 0).Files.Get (printf "manifests/%s" (index . 1)) -}}
{{- end -}}

{{/* A manifest as YAML, with the labels and the namespace of the release: (list $ MANIFEST). */}}
{{- define "procmon.manifest" -}}
{{- $root := index . 0 -}}
{{- $manifest := index . 1 -}}
{{- $labels := dict
      "app.kubernetes.io/name" $manifest.metadata.name
      "app.kubernetes.io/part-of" "jcode"
      "app.kubernetes.io/instance" $root.Release.Name
      "app.kubernetes.io/managed-by" $root.Release.Service
      "helm.sh/chart" (printf "%s-%s" $root.Chart.Name $root.Chart.Version) -}}
{{- $_ := set $manifest.metadata "labels" $labels -}}
{{- $_ := set $manifest.metadata "namespace" $root.Release.Namespace -}}
---
{{ toYaml $manifest }}
{{ end -}}

{{/* Sets the image and the resources of a workload. New settings restart its pods: (list $ WORKLOAD PART SETTINGS). */}}
{{- define "procmon.change" -}}
{{- $root := index . 0 -}}
{{- $template := (index . 1).spec.template -}}
{{- $image := $root.Values.image.repository -}}
{{- with $root.Values.image.tag }}{{ $image = printf "%s:%s" $image . }}{{ end -}}
{{- range concat ($template.spec.initContainers | default list) $template.spec.containers -}}
{{- $_ := set . "image" $image -}}
{{- end -}}
{{- with (index . 2).resources }}{{ $_ := set (index $template.spec.containers 0) "resources" . }}{{ end -}}
{{- $annotations := $template.metadata.annotations | default dict -}}
{{- $_ := set $annotations "checksum/settings" (toJson (index . 3) | sha256sum) -}}
{{- $_ := set $template.metadata "annotations" $annotations -}}
{{- end -}}
