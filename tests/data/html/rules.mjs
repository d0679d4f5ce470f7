// What the pages of the docs site are held to: all that the validator recommends, and its rules of
// accessibility. Each rule that is off, or looser than it comes, says why.
export default {
  root: true,
  extends: ["html-validate:recommended", "html-validate:a11y"],
  rules: {
    // HTML takes either; the templates have lower case.
    "doctype-style": ["error", { style: "lowercase" }],
    // Ids are the API's own names, such as `orders.list` and `store/order/created`. HTML takes any name
    // without blanks.
    "valid-id": ["error", { relaxed: true }],
    // On a narrow screen the rows of a table become blocks, which takes its role away in some browsers.
    "no-redundant-role": "off",
    "prefer-native-element": ["error", { exclude: ["cell", "columnheader", "listbox", "row", "rowgroup", "rowheader", "table"] }],
    // What a form asks is answered as one types; there is nothing to submit.
    "wcag/h32": "off",
  },
};
