//! Promotions: typed rules, and generated codes.

use bigcommerce_client::Number;
use bigcommerce_client::promotion_codes::CouponCodeCreate;
use bigcommerce_client::promotions::{
    AllItemMatchersInput, CartConditionInput, CartContentInput, CartItemsActionInput,
    CartItemsDiscountInput, CodeGenerationCreate, Discount, ItemMatcher, ItemMatcherInput,
    ItemsOfBrandsInput, ItemsOfCategoriesInput, NotItemMatcherInput, PercentageDiscountInput,
    PromotionAction, PromotionCondition, PromotionCouponType, PromotionCreate,
    PromotionRedemptionType, PromotionRuleInput, PromotionStatus, PromotionUpdate,
};

use crate::end_to_end::shop;

fn coupons(name: &str, rule: PromotionRuleInput) -> PromotionCreate {
    PromotionCreate::new()
        .redemption_type(PromotionRedemptionType::Coupon)
        .name(name)
        .rules([rule])
        .coupon_type(PromotionCouponType::Bulk)
}

/// 20% off items in a category but not of a brand, for orders from 50.
fn fifth(category: i64, brand: i64) -> PromotionRuleInput {
    let other = NotItemMatcherInput::new(ItemsOfBrandsInput::new([brand]));
    let items: [ItemMatcherInput; 2] =
        [ItemsOfCategoriesInput::new([category]).into(), other.into()];
    let discount = CartItemsDiscountInput::new(PercentageDiscountInput::new(20));
    let discount = discount.items(AllItemMatchersInput::new(items)).quantity(2);
    let condition = CartConditionInput::new(CartContentInput::new().minimum_spend(50));
    PromotionRuleInput::new(CartItemsActionInput::new(discount)).condition(condition)
}

#[tokio::test]
async fn the_rules_of_a_promotion_come_back_as_they_were_typed() {
    let (_store, client) = shop(0).await;
    let made = client.promotions().create(coupons("Fifth", fifth(3, 7)));
    let id = made.await.unwrap().id;

    let promotion = client.promotions().get(id).await.unwrap();
    assert_eq!(promotion.status, Some(PromotionStatus::Enabled));
    let rule = &promotion.rules[0];
    let Some(PromotionAction::CartItems(action)) = &rule.action else {
        panic!("{rule:?}");
    };
    let discount = &action.cart_items;
    assert_eq!(discount.quantity, Some(2));
    let Some(Discount::PercentageAmount(percent)) = &discount.discount else {
        panic!("{discount:?}");
    };
    assert_eq!(percent.percentage_amount, 20_i64);
    let Some(ItemMatcher::And(all)) = &discount.items else {
        panic!("{discount:?}");
    };
    let [ItemMatcher::Categories(categories), ItemMatcher::Not(not)] = all.and.as_slice() else {
        panic!("{all:?}");
    };
    assert_eq!(categories.categories, [3]);
    let ItemMatcher::Brands(brands) = &*not.not else {
        panic!("{not:?}");
    };
    assert_eq!(brands.brands, [7]);
    let Some(PromotionCondition::Cart(cart)) = &rule.condition else {
        panic!("{rule:?}");
    };
    // The API returns this number as a string.
    let spent = Number::from(50).into_quoted();
    assert_eq!(cart.cart.minimum_spend, Some(spent));
}

#[tokio::test]
async fn codes_are_made_by_the_hundred_found_and_removed_in_batches() {
    let (_store, client) = shop(0).await;
    let promotions = client.promotions();
    let made = promotions.create(coupons("Letters", fifth(3, 7)));
    let id = made.await.unwrap().id;
    let own = CouponCodeCreate::new("WELCOME20").max_uses(1);
    let own = promotions.codes(id).create(own).await.unwrap();
    for _ in 0..2 {
        let codes = CodeGenerationCreate::new(250).prefix("MAIL").delimiter("-");
        let made = promotions.generate_codes(id, codes).await.unwrap();
        assert_eq!(made.codes.len(), 250);
    }
    let codes = promotions.codes(id).list().stream().into_vec();
    let codes = codes.await.unwrap();
    assert_eq!(codes.len(), 501);
    let found = client.promotion_codes().find("WELCOME20").await.unwrap();
    assert_eq!(found[0].id, own.id);

    let refused = promotions.delete_many([id]).await;
    assert!(refused.is_err_and(|error| error.is_validation()));
    let ids = codes.iter().map(|code| code.id);
    let report = promotions.codes(id).delete_all(ids).await.unwrap();
    assert_eq!(report.done(), 501);
    promotions.delete_many([id]).await.unwrap();
    // Deleting something that is already gone succeeds.
    promotions.delete(id).await.unwrap();
    let update = PromotionUpdate::new().status(PromotionStatus::Disabled);
    let gone = promotions.update(id, update).await;
    assert!(gone.is_err_and(|error| error.is_not_found()));
}
