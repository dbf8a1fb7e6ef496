pub mod distance {
    pub fn great_circle_km(_a: &crate::travel::Airport, _b: &crate::travel::Airport) -> u32 {
        0
    }
}
pub mod block_time {
    pub fn typical(
        _a: &crate::travel::Airport,
        _b: &crate::travel::Airport,
    ) -> jiff::SignedDuration {
        jiff::SignedDuration::ZERO
    }
}
pub struct OfflineSource;
#[async_trait::async_trait]
impl super::FlightSource for OfflineSource {
    fn name(&self) -> &'static str {
        "offline"
    }
    async fn search(
        &self,
        _: &crate::travel::FlightQuery,
    ) -> Result<Vec<crate::travel::Offer>, super::SourceError> {
        Ok(vec![])
    }
    async fn calendar(
        &self,
        _: &crate::travel::CalendarQuery,
    ) -> Result<crate::travel::FareCalendar, super::SourceError> {
        Err(super::SourceError::BadQuery("x".into()))
    }
    async fn reprice(
        &self,
        _: &crate::travel::Offer,
        _: &crate::travel::FlightQuery,
    ) -> Result<Option<crate::travel::Offer>, super::SourceError> {
        Ok(None)
    }
}
