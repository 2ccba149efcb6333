//! The map of a search: the index knows where everything is, the store what the marks are called.

use std::collections::HashMap;

use app::domain::{
    ids::{FacilityId, Slug},
    map::{Area, Cluster, Frame, MapView, Mark, MarkKind, Outline, Scale, clusters},
    search::SearchQuery,
};

use crate::index::{engine::Located, snapshot::Snapshot};

/// A map whose marks have no names yet.
pub(super) struct Plan {
    frame: Frame,
    is_part: bool,
    narrow: Vec<Cluster>,
    wide: Vec<Cluster>,
    outside: Option<(usize, Area)>,
    unplaced: usize,
    /// Facilities that stand alone, by ordinal.
    alone: HashMap<u32, FacilityId>,
    ids: Vec<FacilityId>,
}

impl Plan {
    /// Decides what the map shows and which marks are on it.
    pub(super) fn new(
        query: &SearchQuery,
        located: &Located,
        snapshot: &Snapshot,
        outlines: &[Outline],
    ) -> Self {
        let points = &located.points;
        let frame = Frame::choose(query.area, outlines, points, located.at_place);
        let of = |scale: Scale| clusters(points, &frame, scale.distance());
        let (narrow, wide) = (of(Scale::Narrow), of(Scale::Wide));
        let shown: usize = wide.iter().map(|cluster| cluster.count).sum();
        let everything = || Area::around(points.iter().map(|point| point.position));
        let outside = Some(points.len() - shown)
            .filter(|count| *count > 0)
            .zip(everything().map(|area| Frame::around(area.grown(0.04)).area()));
        let alone: HashMap<u32, FacilityId> = narrow
            .iter()
            .chain(&wide)
            .filter(|cluster| cluster.count == 1)
            .filter_map(|cluster| Some((cluster.key, snapshot.facts.get(cluster.key)?.id)))
            .collect();
        let ids = alone.values().copied().collect();
        let (is_part, unplaced) = (query.area.is_some(), located.unplaced);
        Self { frame, is_part, narrow, wide, outside, unplaced, alone, ids }
    }

    /// The facilities whose names are needed.
    pub(super) fn singles(&self) -> &[FacilityId] {
        &self.ids
    }

    /// The map with names. One that was deleted a moment ago is left out.
    pub(super) fn view(self, names: HashMap<FacilityId, (Slug, String)>) -> MapView {
        let mark = |cluster: Cluster| {
            let kind = if cluster.count == 1 {
                let (slug, name) = names.get(self.alone.get(&cluster.key)?)?.clone();
                MarkKind::Place { slug, name }
            } else {
                let one_spot = cluster.area.is_spot() || !self.frame.can_shrink();
                let area =
                    if one_spot { cluster.area } else { Frame::around(cluster.area.grown(0.25)).area() };
                MarkKind::Cluster { count: cluster.count, area, one_spot }
            };
            Some(Mark { at: cluster.at, light: cluster.light, kind })
        };
        MapView {
            frame: self.frame,
            is_part: self.is_part,
            narrow: self.narrow.into_iter().filter_map(mark).collect(),
            wide: self.wide.into_iter().filter_map(mark).collect(),
            outside: self.outside,
            unplaced: self.unplaced,
        }
    }
}
