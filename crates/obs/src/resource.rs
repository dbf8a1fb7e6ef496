//! Who speaks: the attributes that every span, point and log record shares.

use opentelemetry::{Key, KeyValue};
use opentelemetry_sdk::{Resource, resource::TelemetryResourceDetector};

use crate::config::Config;

const ENVIRONMENT: &str = "deployment.environment.name";
/// The name before it was renamed; older queries still use it.
const ENVIRONMENT_OLD: &str = "deployment.environment";

/// Builds the resource from the configuration alone, never from the process environment.
pub(crate) fn resource(config: &Config) -> Resource {
    let mut attributes: Vec<(String, String)> = vec![
        ("service.version".into(), config.service_version.clone()),
        (
            "service.instance.id".into(),
            config.service_instance_id.clone(),
        ),
        (ENVIRONMENT.into(), config.environment.clone()),
        (ENVIRONMENT_OLD.into(), config.environment.clone()),
    ];
    for (key, value) in &config.resource_attributes {
        let both = [ENVIRONMENT, ENVIRONMENT_OLD];
        if both.contains(&key.as_str()) {
            // The two names must never disagree, so that either query finds the same data.
            attributes.extend(both.map(|name| (name.to_owned(), value.clone())));
        } else {
            attributes.push((key.clone(), value.clone()));
        }
    }
    attributes.push(("service.name".into(), config.service_name.clone()));
    // Later entries replace earlier ones in the builder.
    let known = attributes
        .into_iter()
        .filter(|(_, value)| !value.is_empty());
    Resource::builder_empty()
        .with_detector(Box::new(TelemetryResourceDetector))
        .with_attributes(known.map(|(key, value)| KeyValue::new(Key::new(key), value)))
        .build()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn given_attributes_win_except_the_service_name() {
        let config = Config {
            service_name: "shop".into(),
            service_version: "1".into(),
            environment: "dev".into(),
            resource_attributes: vec![
                ("service.name".into(), "other".into()),
                ("service.version".into(), "2".into()),
                ("deployment.environment.name".into(), "prod".into()),
                ("region".into(), "eu".into()),
            ],
            ..Config::default()
        };
        let resource = resource(&config);
        let get = |key: &'static str| resource.get(&Key::new(key)).map(|value| value.to_string());
        assert_eq!(get("service.name").as_deref(), Some("shop"));
        assert_eq!(get("service.version").as_deref(), Some("2"));
        assert_eq!(get("deployment.environment.name").as_deref(), Some("prod"));
        assert_eq!(get("deployment.environment").as_deref(), Some("prod"));
        assert_eq!(get("region").as_deref(), Some("eu"));
        assert_eq!(get("telemetry.sdk.language").as_deref(), Some("rust"));
        assert_eq!(get("service.instance.id"), None, "empty means unknown");
    }
}
