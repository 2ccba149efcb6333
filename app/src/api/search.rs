//! Counting what a search would list.

use leptos::prelude::*;

/// How many facilities the search of this raw query string lists.
///
/// Reads only, so it is a GET; the path is stable, so that open pages survive a deploy.
#[server(prefix = "/api/fn", endpoint = "count_facilities", input = server_fn::codec::GetUrl)]
pub async fn count_facilities(query: String) -> Result<usize, ServerFnError> {
    let backend = expect_context::<crate::backend::Backend>();
    let mut query = crate::routes::parse_search(&query);
    query.view = crate::domain::search::View::List;
    let found = backend.search.search(&query, 1).await.map_err(ServerFnError::new)?;
    Ok(found.total)
}
