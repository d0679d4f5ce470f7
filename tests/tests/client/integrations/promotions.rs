//! Promotions, coupons and gift certificates.

use bigcommerce_client::{
    Client, Error, Number,
    coupons::{CouponAppliesToInput, CouponCreate, CouponEntity, CouponType, CouponUpdate},
    gift_certificates::{GiftCertificateCreate, GiftCertificateStatus},
    jiff::{Timestamp, ToSpan},
    promotions::{
        CartValueActionInput, CartValueDiscountInput, CodeGenerationCreate,
        PercentageDiscountInput, PromotionCouponType, PromotionCreate, PromotionCustomerInput,
        PromotionRedemptionType, PromotionRuleInput, PromotionStatus, PromotionUpdate,
    },
    rust_decimal::Decimal,
};

use super::shop;

/// A promotion whose end has passed is switched off for good.
async fn switch_off_what_has_ended(store: &Client, now: Timestamp) -> Result<usize, Error> {
    let promotions = store.promotions();
    let enabled = promotions.list().status(PromotionStatus::Enabled).stream();
    let mut ended = 0;
    for promotion in enabled.into_vec().await? {
        let end = promotion.end_date.and_then(|date| date.timestamp());
        if end.is_some_and(|end| end < now) {
            let off = PromotionUpdate::new().status(PromotionStatus::Disabled);
            promotions.update(promotion.id, off).await?;
            ended += 1;
        }
    }
    Ok(ended)
}

/// The codes of a promotion may be used more often in all than the promotion itself allows.
async fn raise_the_limit_to_that_of_the_codes(
    store: &Client,
    promotion: i64,
) -> Result<Option<i64>, Error> {
    let promotions = store.promotions();
    let Some(limit) = promotions.get(promotion).await?.max_uses else {
        return Ok(None);
    };
    let codes = promotions.codes(promotion).list().stream();
    let codes = codes.into_vec().await?;
    let all: i64 = codes.iter().filter_map(|code| code.max_uses).sum();
    if all <= limit {
        return Ok(None);
    }
    let change = PromotionUpdate::new().max_uses(all);
    Ok(promotions.update(promotion, change).await?.max_uses)
}

/// A group that is both included and excluded gets nothing.
async fn resolve_groups_that_are_in_and_out(store: &Client, promotion: i64) -> Result<bool, Error> {
    let promotions = store.promotions();
    let Some(customer) = promotions.get(promotion).await?.customer else {
        return Ok(false);
    };
    let (groups, excluded) = (customer.group_ids, customer.excluded_group_ids);
    if !groups.iter().any(|group| excluded.contains(group)) {
        return Ok(false);
    }
    let left = excluded.into_iter().filter(|group| !groups.contains(group));
    let customer = PromotionCustomerInput::new().excluded_group_ids(left);
    let customer = customer.group_ids(groups.iter().copied());
    let change = PromotionUpdate::new().customer(customer);
    promotions.update(promotion, change).await?;
    Ok(true)
}

/// Every reader of a letter gets a code that can be used once.
async fn generate_codes_for_a_letter(
    store: &Client,
    percent: i64,
    readers: i64,
) -> Result<Vec<String>, Error> {
    let discount = CartValueDiscountInput::new(PercentageDiscountInput::new(percent));
    let rule = PromotionRuleInput::new(CartValueActionInput::new(discount));
    let promotion = PromotionCreate::new()
        .redemption_type(PromotionRedemptionType::Coupon)
        .name("Letter")
        .rules([rule])
        .coupon_type(PromotionCouponType::Bulk);
    let promotion = store.promotions().create(promotion).await?.id;
    let codes = CodeGenerationCreate::new(readers).max_uses(1);
    let codes = codes.prefix("MAIL").delimiter("-");
    let made = store.promotions().generate_codes(promotion, codes).await?;
    Ok(made.codes.into_iter().map(|made| made.code).collect())
}

/// A coupon gets another limit, and keeps the categories and products that it is for.
async fn change_the_limit_of_a_coupon(
    store: &Client,
    code: &str,
    limit: i64,
) -> Result<bool, Error> {
    let coupons = store.coupons();
    let found = coupons.list().code(code).await?;
    let Some(before) = found.first() else {
        return Ok(false);
    };
    let mut after = before.clone();
    after.max_uses = Some(limit);
    if let Some(update) = CouponUpdate::between(before, &after)? {
        coupons.update(before.id, update).await?;
    }
    Ok(true)
}

/// How often a coupon was used, by the orders and by the coupon's own count.
async fn count_the_uses_of_a_coupon(
    store: &Client,
    code: &str,
    since: Timestamp,
) -> Result<(usize, Option<i64>), Error> {
    let coupon = store.coupons().list().code(code).await?;
    let count = coupon.first().and_then(|coupon| coupon.num_uses);
    let mut uses = 0;
    let mut orders = store.orders().list().date_created_min(since).stream();
    while let Some(order) = orders.try_next().await? {
        if Number::sum(&order.coupon_discount)?.is_zero() {
            continue;
        }
        let coupons = store.orders().coupons(order.id).list().await?;
        let mut codes = coupons.iter().map(|coupon| coupon.code.as_deref());
        uses += usize::from(codes.any(|known| known == Some(code)));
    }
    Ok((uses, count))
}

/// A customer who waited too long gets a gift certificate.
async fn send_a_gift_certificate(
    store: &Client,
    (name, email): (&str, &str),
    value: Decimal,
) -> Result<Option<String>, Error> {
    let certificate = GiftCertificateCreate::new()
        .amount(value)
        .to_name(name)
        .to_email(email)
        .from_name("The shop")
        .from_email("shop@example.com");
    let certificate = certificate.status(GiftCertificateStatus::Active);
    Ok(store.gift_certificates().create(certificate).await?.code)
}

#[tokio::test]
async fn what_has_ended_is_switched_off() {
    let (_store, client) = shop(0).await;
    let codes = generate_codes_for_a_letter(&client, 20, 3).await;
    assert_eq!(codes.unwrap().len(), 3);
    let id = client.promotions().list().await.unwrap()[0].id;
    let end = Timestamp::now() + 24.hours();
    let ending = PromotionUpdate::new().end_date(end);
    client.promotions().update(id, ending).await.unwrap();
    for (now, ended) in [(Timestamp::now(), 0), (end + 1.hours(), 1)] {
        let run = switch_off_what_has_ended(&client, now).await;
        assert_eq!(run.unwrap(), ended);
    }
    let promotion = client.promotions().get(id).await.unwrap();
    assert_eq!(promotion.status, Some(PromotionStatus::Disabled));
}

#[tokio::test]
async fn a_promotion_allows_as_much_as_its_codes() {
    let (_store, client) = shop(1).await;
    let codes = generate_codes_for_a_letter(&client, 20, 3).await;
    assert_eq!(codes.unwrap().len(), 3);
    let id = client.promotions().list().await.unwrap()[0].id;
    let few = PromotionUpdate::new().max_uses(1);
    client.promotions().update(id, few).await.unwrap();
    let raised = raise_the_limit_to_that_of_the_codes(&client, id).await;
    assert_eq!(raised.unwrap(), Some(3));
    let resolved = resolve_groups_that_are_in_and_out(&client, id).await;
    assert!(!resolved.unwrap());
}

#[tokio::test]
async fn a_coupon_keeps_what_it_is_for_when_its_limit_changes() {
    let (_store, client) = shop(0).await;
    let coupon = CouponCreate::new()
        .name("Spring")
        .code("SPRING")
        .kind(CouponType::PercentageDiscount)
        .amount(10)
        .applies_to(CouponAppliesToInput::new(CouponEntity::Categories, [18]));
    client.coupons().create(coupon).await.unwrap();
    let changed = change_the_limit_of_a_coupon(&client, "SPRING", 50).await;
    assert!(changed.unwrap());
    let coupon = client.coupons().list().code("SPRING").await.unwrap();
    let applies_to = coupon[0].applies_to.as_ref().unwrap();
    assert_eq!(applies_to.ids.as_slice(), [18]);
    assert_eq!(coupon[0].max_uses, Some(50));
    let since = Timestamp::now() - 24.hours();
    let uses = count_the_uses_of_a_coupon(&client, "SPRING", since).await;
    assert_eq!(uses.unwrap().0, 0);
}

#[tokio::test]
async fn a_gift_certificate_has_its_value() {
    let (_store, client) = shop(0).await;
    let (name, email) = ("Ada", "ada@example.com");
    let code = send_a_gift_certificate(&client, (name, email), Decimal::from(15)).await;
    let code = code.unwrap().unwrap();
    let found = client.gift_certificates().list().code(code).await.unwrap();
    assert_eq!(Number::sum(&found[0].amount), Ok(Decimal::from(15)));
}
