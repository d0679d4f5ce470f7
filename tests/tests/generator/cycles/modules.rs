//! The modules of a crate, read from its source: what each declares, imports and refers to.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use syn::{
    Attribute, Item, UseTree, Visibility,
    visit::{self, Visit},
};

/// A module's path from the root of its crate; that of the root is empty.
pub type ModulePath = Vec<String>;

/// A crate by its modules.
#[derive(Default)]
pub struct Crate {
    pub modules: BTreeMap<ModulePath, Module>,
}

/// A module, including inline modules of its file.
#[derive(Default)]
pub struct Module {
    /// Whether it is a folder.
    pub folder: bool,
    /// The names it declares.
    items: BTreeSet<String>,
    /// The names it imports, and from where.
    imports: BTreeMap<String, ModulePath>,
    /// The modules from which it imports every name.
    globs: Vec<ModulePath>,
    /// Every path that it refers to with `crate`, `self` or `super`, or that it imports.
    pub uses: BTreeSet<ModulePath>,
}

impl Crate {
    /// The crate whose source is in `folder`.
    pub fn read(folder: &Path) -> Self {
        let mut files = Vec::new();
        collect(folder, "", &mut files);
        let files: Vec<(&str, &str)> = files.iter().map(|(p, t)| (&**p, &**t)).collect();
        Self::of(&files)
    }

    /// The crate with these files.
    pub fn of(files: &[(&str, &str)]) -> Self {
        let mut krate = Self::default();
        let mut tests: Vec<ModulePath> = Vec::new();
        for (file, text) in files {
            let stem = file.strip_suffix(".rs").unwrap_or(file);
            let mut path: ModulePath = stem.split('/').map(str::to_owned).collect();
            let folder = path.len() > 1 && path.last().is_some_and(|name| name == "mod");
            if folder || matches!(*file, "lib.rs" | "main.rs") {
                path.pop();
            }
            let syntax = syn::parse_file(text).unwrap_or_else(|why| panic!("{file}: {why}"));
            let mut reader = Reader {
                here: path.clone(),
                module: Module::default(),
                tests: &mut tests,
            };
            reader.items(&syntax.items);
            let module = reader.module;
            krate.modules.insert(path, module);
        }
        krate
            .modules
            .retain(|path, _| !tests.iter().any(|test| path.starts_with(test)));
        let folders: Vec<ModulePath> = krate.modules.keys().cloned().collect();
        for path in folders {
            let within = |other: &ModulePath| other.len() > path.len() && other.starts_with(&path);
            let folder = krate.modules.keys().any(within);
            if let Some(module) = krate.modules.get_mut(&path) {
                module.folder = folder;
            }
        }
        krate
    }

    /// The module that declares the item at `path`, following re-exports.
    pub fn home(&self, path: &[String]) -> ModulePath {
        self.follow(path, 0)
    }

    fn follow(&self, path: &[String], depth: usize) -> ModulePath {
        let mut here: ModulePath = Vec::new();
        for (at, name) in path.iter().enumerate() {
            let mut next = here.clone();
            next.push(name.clone());
            if self.modules.contains_key(&next) {
                here = next;
                continue;
            }
            let Some(module) = self.modules.get(&here) else {
                return here;
            };
            if depth > 16 || module.items.contains(name) {
                return here;
            }
            let rest = &path[at + 1..];
            if let Some(import) = module.imports.get(name) {
                return self.follow(&[import, rest].concat(), depth + 1);
            }
            for glob in &module.globs {
                let from = self.follow(glob, depth + 1);
                let named = [&from[..], &path[at..]].concat();
                if self.declares(&from, name) {
                    return self.follow(&named, depth + 1);
                }
            }
            return here;
        }
        here
    }

    fn declares(&self, module: &ModulePath, name: &str) -> bool {
        let child = [&module[..], &[name.to_owned()]].concat();
        self.modules.contains_key(&child)
            || self.modules.get(module).is_some_and(|module| {
                module.items.contains(name) || module.imports.contains_key(name)
            })
    }
}

/// Reads the files below a folder, with their relative paths.
fn collect(folder: &Path, before: &str, files: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.path().is_dir() {
            collect(&entry.path(), &format!("{before}{name}/"), files);
        } else if name.ends_with(".rs") {
            let text = std::fs::read_to_string(entry.path()).unwrap();
            files.push((format!("{before}{name}"), text));
        }
    }
}

/// Reads what a module declares and refers to.
struct Reader<'a> {
    here: ModulePath,
    module: Module,
    /// Modules that only exist in tests.
    tests: &'a mut Vec<ModulePath>,
}

impl Reader<'_> {
    fn items(&mut self, items: &[Item]) {
        self.module.items.extend(items.iter().filter_map(declared));
        for item in items {
            self.visit_item(item);
        }
    }

    /// The path from the crate's root, if the first segment says so.
    fn absolute(&self, segments: &[String]) -> Option<ModulePath> {
        let mut base: Option<ModulePath> = None;
        for (at, segment) in segments.iter().enumerate() {
            match segment.as_str() {
                "crate" => base = Some(Vec::new()),
                "self" if at == 0 => base = Some(self.here.clone()),
                "super" => {
                    let mut up = base.unwrap_or_else(|| self.here.clone());
                    up.pop();
                    base = Some(up);
                }
                _ => return Some([base?, segments[at..].to_vec()].concat()),
            }
        }
        base
    }

    fn tree(&mut self, tree: &UseTree, before: &ModulePath) {
        match tree {
            UseTree::Path(it) => {
                let mut path = before.clone();
                path.push(it.ident.to_string());
                self.tree(&it.tree, &path);
            }
            UseTree::Name(it) => self.import(before, &it.ident.to_string(), None),
            UseTree::Rename(it) => {
                self.import(before, &it.ident.to_string(), Some(it.rename.to_string()));
            }
            UseTree::Glob(_) => {
                if let Some(path) = self.local(before) {
                    self.module.uses.insert(path.clone());
                    self.module.globs.push(path);
                }
            }
            UseTree::Group(it) => it.items.iter().for_each(|tree| self.tree(tree, before)),
        }
    }

    fn import(&mut self, before: &ModulePath, name: &str, rename: Option<String>) {
        let mut path = before.clone();
        let mut known_as = name.to_owned();
        if name == "self" {
            known_as = before.last().cloned().unwrap_or_default();
        } else {
            path.push(name.to_owned());
        }
        if let Some(path) = self.local(&path) {
            self.module.uses.insert(path.clone());
            let known_as = rename.unwrap_or(known_as);
            self.module.imports.insert(known_as, path);
        }
    }

    /// The path of an import: from the root, or from a module that is declared here.
    fn local(&self, path: &ModulePath) -> Option<ModulePath> {
        let first = path.first()?;
        if matches!(first.as_str(), "crate" | "self" | "super") {
            return self.absolute(path);
        }
        let own = self.module.items.contains(first);
        own.then(|| [&self.here[..], &path[..]].concat())
    }

    /// The paths in the tokens of a macro. Quoted tokens belong to another crate.
    fn tokens(&mut self, text: &str) {
        for part in text.split("crate :: ").skip(1) {
            let words = part.split(" :: ");
            let mut path = Vec::new();
            for word in words {
                let ident = |c: char| c.is_alphanumeric() || c == '_';
                let name: String = word.chars().take_while(|c| ident(*c)).collect();
                let whole = name.len() == word.trim_end().len();
                path.extend((!name.is_empty()).then_some(name));
                if !whole {
                    break;
                }
            }
            self.module.uses.insert(path);
        }
    }
}

/// The name that an item declares.
fn declared(item: &Item) -> Option<String> {
    let name = match item {
        Item::Mod(it) if !is_test(&it.attrs) => &it.ident,
        Item::Struct(it) => &it.ident,
        Item::Enum(it) => &it.ident,
        Item::Fn(it) => &it.sig.ident,
        Item::Trait(it) => &it.ident,
        Item::Type(it) => &it.ident,
        Item::Const(it) => &it.ident,
        Item::Static(it) => &it.ident,
        Item::Macro(it) => it.ident.as_ref()?,
        _ => return None,
    };
    Some(name.to_string())
}

/// Whether it only exists in tests.
fn is_test(attrs: &[Attribute]) -> bool {
    attrs.iter().any(|attr| match &attr.meta {
        syn::Meta::List(list) => {
            list.path.is_ident("cfg") && list.tokens.to_string().trim() == "test"
        }
        _ => false,
    })
}

impl<'ast> Visit<'ast> for Reader<'_> {
    fn visit_item(&mut self, item: &'ast Item) {
        let attrs: &[Attribute] = match item {
            Item::Mod(it) => &it.attrs,
            Item::Fn(it) => &it.attrs,
            Item::Use(it) => &it.attrs,
            Item::Impl(it) => &it.attrs,
            _ => &[],
        };
        if let Item::Mod(it) = item
            && is_test(attrs)
        {
            let path = [&self.here[..], &[it.ident.to_string()]].concat();
            self.tests.push(path);
        }
        if is_test(attrs) {
            return;
        }
        match item {
            Item::Use(it) => {
                // A re-exported name is not used by this module itself.
                let before = self.module.uses.clone();
                self.tree(&it.tree, &Vec::new());
                if !matches!(it.vis, Visibility::Inherited) {
                    self.module.uses = before;
                }
            }
            Item::Mod(it) => {
                // `super` inside it is this module.
                if let Some((_, items)) = &it.content {
                    let mut here = self.here.clone();
                    here.push(it.ident.to_string());
                    let outer = std::mem::replace(&mut self.here, here);
                    self.items(items);
                    self.here = outer;
                }
            }
            _ => visit::visit_item(self, item),
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let segments: Vec<String> = path.segments.iter().map(|s| s.ident.to_string()).collect();
        if let Some(path) = self.absolute(&segments) {
            self.module.uses.insert(path);
        }
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, it: &'ast syn::Macro) {
        let quoted = it.path.segments.last().is_some_and(|segment| {
            matches!(
                segment.ident.to_string().as_str(),
                "quote" | "quote_spanned" | "parse_quote"
            )
        });
        if !quoted {
            self.tokens(&it.tokens.to_string());
        }
    }
}
