//! The style of a file: light or dark as the system is. In a page `static/css/map.css` does it.

/// Rules for every class that a drawing uses.
pub(super) const FILE: &str = "\
.map{font-family:system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans',Arial,sans-serif}\
.map-paper{fill:#fff}.map-sea{fill:#e3edf0}\
.map-land{fill:#f8f4ea;stroke:#c9c0ad;fill-opacity:1;stroke-opacity:1}\
.map-grid{stroke:#18222d;stroke-opacity:.08}\
.map-scheme{fill:#f7f5f0}\
.map-line{stroke:#e0662a}.map-arrow{fill:#e0662a}\
.map-leader{stroke:#0a5a68}.map-spot{fill:#0a5a68}\
.map-disc{fill:#0a5a68;stroke:#fff}.map-number{fill:#fff}\
.map-name{fill:#18222d;stroke:#fff}\
.map-quarter{fill:#66727e;fill-opacity:1}\
.map-title,.map-entry{fill:#18222d}\
.map-scale{stroke:#18222d}.map-measure{fill:#18222d}\
.map-north{fill:#18222d}\
@media (prefers-color-scheme:dark){\
.map-paper{fill:#16212b}.map-sea{fill:#0e1922}\
.map-land{fill:#263744;stroke:#40535f}\
.map-grid{stroke:#e9eef2}\
.map-scheme{fill:#121c25}\
.map-line{stroke:#f3935b}.map-arrow{fill:#f3935b}\
.map-leader{stroke:#74cbd8}.map-spot{fill:#74cbd8}\
.map-disc{fill:#74cbd8;stroke:#0e1922}.map-number{fill:#062229}\
.map-name{fill:#e9eef2;stroke:#0e1922}\
.map-quarter{fill:#93a1ae}\
.map-title,.map-entry{fill:#e9eef2}\
.map-scale{stroke:#e9eef2}.map-measure{fill:#e9eef2}\
.map-north{fill:#e9eef2}}";
