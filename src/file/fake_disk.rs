//! A disk for tests that refuses, lies, fills up, is busy and loses power when it is told to.

use std::collections::BTreeMap;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::disk::{Disk, folder};

/// What goes wrong at one step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// The step fails, the next ones do not.
    Once(ErrorKind),
    /// From this step on everything fails.
    FromThenOn(ErrorKind),
    /// The step says that it was done, and was not.
    Lie,
    /// The step writes half and fails.
    Torn,
}

/// A file: what a program would read, and what has reached the plates.
#[derive(Debug, Clone, Default)]
struct Node {
    content: Vec<u8>,
    synced: Option<Vec<u8>>,
    is_read_only: bool,
}

#[derive(Debug, Default)]
struct State {
    nodes: Vec<Node>,
    names: BTreeMap<PathBuf, usize>,
    synced_names: BTreeMap<PathBuf, usize>,
    step: usize,
    trouble: Option<(usize, Trouble)>,
    meanwhile: Option<(usize, PathBuf, Vec<u8>)>,
    pauses: usize,
    busy_renames: usize,
    ages: BTreeMap<PathBuf, Duration>,
}

/// A disk in memory. Steps are counted from 1; each thing that can be done to it is one step or more.
#[derive(Debug, Default)]
pub struct FakeDisk(Mutex<State>);

impl FakeDisk {
    /// A disk that has this file, safely written.
    #[must_use]
    pub fn with(path: &str, bytes: &[u8]) -> Self {
        let disk = Self::default();
        disk.put(Path::new(path), bytes);
        disk
    }

    /// Puts a file there as another program would, counting no step.
    pub fn put(&self, path: &Path, bytes: &[u8]) {
        self.state().put(path, bytes);
    }

    /// Says how long ago a file was written; else it was now.
    pub fn set_age(&self, path: &str, age: Duration) {
        self.state().ages.insert(path.into(), age);
    }

    /// Marks a file read-only.
    pub fn set_read_only(&self, path: &str) {
        let mut state = self.state();
        let node = state.names[Path::new(path)];
        state.nodes[node].is_read_only = true;
    }

    /// Makes trouble at a step.
    #[must_use]
    pub fn trouble(self, step: usize, trouble: Trouble) -> Self {
        self.state().trouble = Some((step, trouble));
        self
    }

    /// Somebody else writes the file just before a step.
    #[must_use]
    pub fn meanwhile(self, step: usize, path: &str, bytes: &[u8]) -> Self {
        self.state().meanwhile = Some((step, path.into(), bytes.to_vec()));
        self
    }

    /// The next so many renames find the file held by another program.
    #[must_use]
    pub fn busy(self, renames: usize) -> Self {
        self.state().busy_renames = renames;
        self
    }

    /// How many steps were taken.
    #[must_use]
    pub fn steps(&self) -> usize {
        self.state().step
    }

    /// How often somebody waited.
    #[must_use]
    pub fn pauses(&self) -> usize {
        self.state().pauses
    }

    /// What a program would read now.
    #[must_use]
    pub fn content(&self, path: &str) -> Option<Vec<u8>> {
        let state = self.state();
        state.names.get(Path::new(path)).map(|node| state.nodes[*node].content.clone())
    }

    /// All files.
    #[must_use]
    pub fn names(&self) -> Vec<PathBuf> {
        self.state().names.keys().cloned().collect()
    }

    /// Every content that the file may have when the power comes back: names and bytes that were not forced to the
    /// disk may be there, half there, or not.
    #[must_use]
    pub fn contents_after_power_loss(&self, path: &str) -> Vec<Option<Vec<u8>>> {
        let state = self.state();
        let names = [&state.names, &state.synced_names];
        let nodes = names.into_iter().map(|names| names.get(Path::new(path)).map(|node| &state.nodes[*node]));
        nodes
            .flat_map(|node| match node {
                None => vec![None],
                Some(Node { synced: Some(synced), .. }) => vec![Some(synced.clone())],
                Some(Node { content, synced: None, .. }) => {
                    [0, content.len() / 2, content.len()].map(|end| Some(content[..end].to_vec())).to_vec()
                }
            })
            .collect()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What a step is to do.
enum Way {
    Do,
    Pretend,
    Half,
}

impl State {
    fn step(&mut self) -> io::Result<Way> {
        self.step += 1;
        if let Some((step, path, bytes)) = self.meanwhile.take() {
            if step == self.step {
                self.put(&path, &bytes);
            } else {
                self.meanwhile = Some((step, path, bytes));
            }
        }
        match self.trouble {
            Some((step, Trouble::Once(kind))) if step == self.step => Err(kind.into()),
            Some((step, Trouble::FromThenOn(kind))) if step <= self.step => Err(kind.into()),
            Some((step, Trouble::Lie)) if step == self.step => Ok(Way::Pretend),
            Some((step, Trouble::Torn)) if step == self.step => Ok(Way::Half),
            _ => Ok(Way::Do),
        }
    }

    fn put(&mut self, path: &Path, bytes: &[u8]) {
        self.nodes.push(Node { content: bytes.to_vec(), synced: Some(bytes.to_vec()), is_read_only: false });
        self.names.insert(path.to_owned(), self.nodes.len() - 1);
        self.synced_names.insert(path.to_owned(), self.nodes.len() - 1);
    }

    fn node(&mut self, path: &Path) -> io::Result<&mut Node> {
        let node = *self.names.get(path).ok_or(ErrorKind::NotFound)?;
        Ok(&mut self.nodes[node])
    }
}

impl Disk for FakeDisk {
    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        let mut state = self.state();
        state.step()?;
        let content = state.node(path)?.content.clone();
        if content.len() as u64 > limit { Err(ErrorKind::FileTooLarge.into()) } else { Ok(content) }
    }

    fn real_path(&self, path: &Path) -> io::Result<PathBuf> {
        self.state().step().map(|_| path.to_owned())
    }

    fn may_write(&self, path: &Path) -> io::Result<bool> {
        let mut state = self.state();
        state.step()?;
        state.node(path).map(|node| !node.is_read_only)
    }

    fn write_new(&self, path: &Path, bytes: &[u8], _like: Option<&Path>) -> io::Result<()> {
        let mut state = self.state();
        if state.names.contains_key(path) {
            return Err(ErrorKind::AlreadyExists.into());
        }
        if let Way::Do = state.step()? {
            state.nodes.push(Node::default());
            let node = state.nodes.len() - 1;
            state.names.insert(path.to_owned(), node);
        }
        match state.step()? {
            Way::Do => state.node(path)?.content = bytes.to_vec(),
            Way::Pretend => {}
            Way::Half => {
                state.node(path)?.content = bytes[..bytes.len() / 2].to_vec();
                return Err(ErrorKind::StorageFull.into());
            }
        }
        if let Way::Do = state.step()? {
            let node = state.node(path)?;
            node.synced = Some(node.content.clone());
        }
        Ok(())
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let mut state = self.state();
        if state.busy_renames > 0 {
            state.busy_renames -= 1;
            return Err(ErrorKind::ResourceBusy.into());
        }
        if let Way::Do = state.step()? {
            let node = state.names.remove(from).ok_or(ErrorKind::NotFound)?;
            state.names.insert(to.to_owned(), node);
        }
        Ok(())
    }

    fn sync_dir(&self, dir: &Path) -> io::Result<()> {
        let mut state = self.state();
        if let Way::Do = state.step()? {
            let names = state.names.clone();
            state.synced_names.retain(|path, _| folder(path) != dir);
            state.synced_names.extend(names.into_iter().filter(|(path, _)| folder(path) == dir));
        }
        Ok(())
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        let mut state = self.state();
        state.step()?;
        state.names.remove(path).map(|_| ()).ok_or(ErrorKind::NotFound.into())
    }

    fn create_dir(&self, _path: &Path) -> io::Result<()> {
        self.state().step().map(|_| ())
    }

    fn make_folder(&self, _path: &Path) -> io::Result<()> {
        self.state().step().map(|_| ())
    }

    fn list(&self, dir: &Path) -> io::Result<Vec<PathBuf>> {
        let mut state = self.state();
        state.step()?;
        Ok(state.names.keys().filter(|path| folder(path) == dir).cloned().collect())
    }

    fn age(&self, path: &Path) -> io::Result<Duration> {
        let mut state = self.state();
        state.step()?;
        state.node(path)?;
        Ok(state.ages.get(path).copied().unwrap_or_default())
    }

    fn is_busy(&self, error: &io::Error) -> bool {
        error.kind() == ErrorKind::ResourceBusy
    }

    fn pause(&self, _time: Duration) {
        self.state().pauses += 1;
    }
}
