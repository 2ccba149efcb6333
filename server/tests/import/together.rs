//! Two imports at once.

use std::{collections::BTreeSet, fs};

use crate::{facilities, import, support};

const MAPPING: &str = r#"
source = "Liste"
facility = ["name"]
[columns]
id = "external_id"
name = "name"
type = "care_type"
place = "municipality"
ags = "municipality_key"
operator = "organization"
"#;

/// Houses of their own, but one operator and one municipality for all.
fn table(first: usize) -> String {
    let rows = (first..first + 40)
        .map(|n| format!("{n},Haus {n},tagespflege,Musterau,13999001,Seewerk gGmbH\n"))
        .collect::<Vec<_>>()
        .concat();
    format!("id,name,type,place,ags,operator\n{rows}")
}

#[tokio::test(flavor = "multi_thread")]
async fn imports_at_once_plan_on_what_the_other_has_written() {
    for county in support::stores().await {
        let folder = tempfile::tempdir().expect("a folder");
        let mapping = folder.path().join("liste.toml");
        fs::write(&mapping, MAPPING).expect("written");
        let mut imports = Vec::new();
        for number in 0..4 {
            let own = folder.path().join(number.to_string());
            fs::create_dir(&own).expect("a folder");
            let file = own.join("liste.csv");
            fs::write(&file, table(number * 40)).expect("written");
            let (store, mapping) = (county.store.clone(), mapping.clone());
            imports.push(tokio::spawn(async move { import(&store, &file, &mapping, &own).await }));
        }
        for report in imports {
            let report = report.await.expect("no panic");
            report.unwrap_or_else(|error| panic!("{}: {error:?}", county.engine));
        }
        let all = facilities(&county.store).await;
        assert_eq!(all.len(), 160, "{}", county.engine);
        let operators: BTreeSet<_> = all.iter().filter_map(|f| Some(f.organization.as_ref()?.id)).collect();
        let places: BTreeSet<_> =
            all.iter().filter_map(|f| Some(f.address.municipality.as_ref()?.id)).collect();
        assert_eq!((operators.len(), places.len()), (1, 1), "{}", county.engine);
    }
}
