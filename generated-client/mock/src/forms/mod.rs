//! Forms: values of the catalogue that are worked out. A text is an expression, a mapping an object
//! of forms, a mapping of `each`, `as` and `give` a list made out of a list.

mod document;
mod functions;
mod names;
#[cfg(test)]
mod tests;

use std::sync::OnceLock;

use indexmap::IndexMap;
use minijinja::{Environment, Expression, UndefinedBehavior};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

pub use self::document::Document;
pub use self::names::Names;

use self::names::Asked;

/// Why a form could not be worked out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormError(String);

impl std::fmt::Display for FormError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for FormError {}

/// A value that is worked out.
#[derive(Debug)]
pub enum Form {
    /// An expression.
    Expr(Expr),
    /// An object.
    Object(IndexMap<String, Form>),
    /// A list.
    List(Vec<Form>),
    /// A list made out of a list.
    Each(Box<Each>),
    /// Itself.
    Literal(Value),
}

/// How a list is made out of a list.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Each {
    each: Expr,
    #[serde(rename = "as")]
    name: String,
    give: Form,
    #[serde(default)]
    when: Option<Expr>,
}

impl Form {
    /// What it amounts to; none when it gives nothing.
    ///
    /// # Errors
    ///
    /// Fails when an expression in it does.
    pub fn give(&self, names: &Names) -> Result<Option<Value>, FormError> {
        Ok(match self {
            Self::Expr(expr) => expr.give(names)?,
            Self::Literal(value) => Some(value.clone()),
            Self::Object(fields) => {
                let mut object = serde_json::Map::with_capacity(fields.len());
                for (name, form) in fields {
                    if let Some(value) = form.give(names)? {
                        object.insert(name.clone(), value);
                    }
                }
                Some(Value::Object(object))
            }
            Self::List(forms) => {
                let mut list = Vec::with_capacity(forms.len());
                for form in forms {
                    list.extend(form.give(names)?);
                }
                Some(Value::Array(list))
            }
            Self::Each(each) => {
                let mut list = Vec::new();
                for item in each.each.items(names)? {
                    let names = names.with(&each.name, item);
                    if let Some(when) = &each.when
                        && !when.holds(&names)?
                    {
                        continue;
                    }
                    list.extend(each.give.give(&names)?);
                }
                Some(Value::Array(list))
            }
        })
    }
}

impl<'de> Deserialize<'de> for Form {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        Self::read(value).map_err(serde::de::Error::custom)
    }
}

impl Form {
    fn read(value: Value) -> Result<Self, serde_json::Error> {
        Ok(match value {
            Value::String(text) => Self::Expr(Expr::new(text)),
            Value::Array(items) => Self::List(
                items
                    .into_iter()
                    .map(Self::read)
                    .collect::<Result<_, _>>()?,
            ),
            Value::Object(fields) if fields.contains_key("each") && fields.contains_key("give") => {
                Self::Each(Box::new(serde_json::from_value(Value::Object(fields))?))
            }
            Value::Object(fields) => Self::Object(
                fields
                    .into_iter()
                    .map(|(name, value)| Ok((name, Self::read(value)?)))
                    .collect::<Result<_, serde_json::Error>>()?,
            ),
            literal => Self::Literal(literal),
        })
    }
}

/// An expression, compiled when it is first needed.
#[derive(Debug)]
pub struct Expr {
    text: String,
    compiled: OnceLock<Result<Compiled, FormError>>,
}

#[derive(Debug)]
struct Compiled {
    expression: Expression<'static, 'static>,
    /// What it always gives, where it names nothing. Most starting values are such.
    constant: Option<Value>,
}

impl Expr {
    fn new(text: String) -> Self {
        Self {
            text,
            compiled: OnceLock::new(),
        }
    }

    fn compile(&self) -> Result<Compiled, minijinja::Error> {
        let expression = environment().compile_expression_owned(self.text.clone())?;
        let asked = Asked::default();
        let value = expression.eval(minijinja::Value::from_object(asked.clone()));
        let constant = match value {
            Ok(value) if !asked.anything() && !value.is_undefined() => {
                Some(document::json(&value)?)
            }
            _ => None,
        };
        Ok(Compiled {
            expression,
            constant,
        })
    }

    fn compiled(&self) -> Result<&Compiled, FormError> {
        self.compiled
            .get_or_init(|| self.compile().map_err(|error| self.wrong(&error)))
            .as_ref()
            .map_err(Clone::clone)
    }

    fn value(&self, names: &Names) -> Result<minijinja::Value, FormError> {
        self.compiled()?
            .expression
            .eval(names.context())
            .map_err(|error| self.wrong(&error))
    }

    /// What it amounts to; none when it is not defined.
    ///
    /// # Errors
    ///
    /// Fails when it cannot be worked out.
    pub fn give(&self, names: &Names) -> Result<Option<Value>, FormError> {
        if let Some(constant) = &self.compiled()?.constant {
            return Ok(Some(constant.clone()));
        }
        let value = self.value(names)?;
        if value.is_undefined() {
            return Ok(None);
        }
        document::json(&value)
            .map(Some)
            .map_err(|error| self.wrong(&error))
    }

    /// Whether it holds.
    ///
    /// # Errors
    ///
    /// Fails when it cannot be worked out.
    pub fn holds(&self, names: &Names) -> Result<bool, FormError> {
        Ok(self.value(names)?.is_true())
    }

    /// The items of the list that it gives; none for nothing.
    ///
    /// # Errors
    ///
    /// Fails when it cannot be worked out or gives no list.
    pub fn items(&self, names: &Names) -> Result<Vec<minijinja::Value>, FormError> {
        let value = self.value(names)?;
        if value.is_undefined() || value.is_none() {
            return Ok(Vec::new());
        }
        let items = value.try_iter().map_err(|error| self.wrong(&error))?;
        Ok(items.collect())
    }

    fn wrong(&self, error: &minijinja::Error) -> FormError {
        FormError(format!("`{}`: {error}", self.text))
    }
}

impl<'de> Deserialize<'de> for Expr {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // `count: 3` says the same as `count: "3"`.
        Ok(Self::new(match Value::deserialize(deserializer)? {
            Value::String(text) => text,
            other => other.to_string(),
        }))
    }
}

/// Where expressions are compiled. It lives as long as the process, and so do they.
fn environment() -> &'static Environment<'static> {
    static ENVIRONMENT: OnceLock<Environment<'static>> = OnceLock::new();
    ENVIRONMENT.get_or_init(|| {
        let mut environment = Environment::new();
        // What is not there is nothing, and so is what is below it.
        environment.set_undefined_behavior(UndefinedBehavior::Chainable);
        functions::add(&mut environment);
        environment
    })
}
