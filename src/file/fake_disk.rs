//! A disk for tests that refuses, lies, fills up, is busy and loses power when it is told to.

use std::collections::BTreeMap;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::disk::{Disk, folder};
use super::looks::{Looks, Lost};

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
    /// The step does not come back until it is let go, and then does what it should.
    Hang,
    /// The program itself breaks at this step.
    Panic,
}

/// A file: what a program would read, and what has reached the plates.
#[derive(Debug, Clone, Default)]
struct Node {
    content: Vec<u8>,
    synced: Option<Vec<u8>>,
    is_read_only: bool,
    is_private: bool,
}

#[derive(Debug, Default)]
struct State {
    nodes: Vec<Node>,
    names: BTreeMap<PathBuf, usize>,
    synced_names: BTreeMap<PathBuf, usize>,
    step: usize,
    trouble: Option<(usize, Trouble)>,
    meanwhile: Option<(usize, PathBuf, Vec<u8>)>,
    meanwhile_waiting: Option<(PathBuf, Vec<u8>)>,
    rename: Option<usize>,
    lost: Lost,
    is_let_go: bool,
    pauses: usize,
    busy_renames: usize,
    ages: BTreeMap<PathBuf, Duration>,
}

/// A disk in memory. Steps are counted from 1; each thing that can be done to it is one step or more.
#[derive(Debug, Default)]
pub struct FakeDisk(Mutex<State>, Condvar);

impl FakeDisk {
    /// A disk that has this file, safely written.
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
    pub fn trouble(self, step: usize, trouble: Trouble) -> Self {
        self.state().trouble = Some((step, trouble));
        self
    }

    /// Somebody else writes the file just before a step.
    pub fn meanwhile(self, step: usize, path: &str, bytes: &[u8]) -> Self {
        self.state().meanwhile = Some((step, path.into(), bytes.to_vec()));
        self
    }

    /// Somebody else writes the file while somebody waits.
    pub fn meanwhile_waiting(self, path: &str, bytes: &[u8]) -> Self {
        self.state().meanwhile_waiting = Some((path.into(), bytes.to_vec()));
        self
    }

    /// A new file cannot take over all of the one that it is to stand for.
    pub fn losing(self, lost: Lost) -> Self {
        self.state().lost = lost;
        self
    }

    /// Makes trouble from now on: at the step after so many more.
    pub fn trouble_in(&self, steps: usize, trouble: Trouble) {
        let mut state = self.state();
        state.is_let_go = false;
        state.trouble = Some((state.step + steps, trouble));
    }

    /// Lets go of a step that hangs.
    pub fn let_go(&self) {
        self.state().is_let_go = true;
        self.1.notify_all();
    }

    /// At which step something was renamed last.
    pub fn step_of_rename(&self) -> Option<usize> {
        self.state().rename
    }

    /// Whether nobody but its owner may look into the file.
    pub fn is_private(&self, path: &str) -> bool {
        let state = self.state();
        state.names.get(Path::new(path)).is_some_and(|node| state.nodes[*node].is_private)
    }

    /// The next so many renames find the file held by another program.
    pub fn busy(self, renames: usize) -> Self {
        self.state().busy_renames = renames;
        self
    }

    /// How many steps were taken.
    pub fn steps(&self) -> usize {
        self.state().step
    }

    /// How often somebody waited.
    pub fn pauses(&self) -> usize {
        self.state().pauses
    }

    /// What a program would read now.
    pub fn content(&self, path: &str) -> Option<Vec<u8>> {
        let state = self.state();
        state.names.get(Path::new(path)).map(|node| state.nodes[*node].content.clone())
    }

    /// All files.
    pub fn names(&self) -> Vec<PathBuf> {
        self.state().names.keys().cloned().collect()
    }

    /// Every content that the file may have when the power comes back: names and bytes that were not forced to the
    /// disk may be there, half there, or not.
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

    /// Takes a step, after waiting where it hangs.
    fn step(&self) -> io::Result<(MutexGuard<'_, State>, Way)> {
        let mut state = self.state();
        state.step += 1;
        match state.trouble {
            Some((step, Trouble::Hang)) if step == state.step => {
                let held = self.1.wait_while(state, |state| !state.is_let_go);
                state = held.unwrap_or_else(PoisonError::into_inner);
            }
            Some((step, Trouble::Panic)) if step == state.step => panic!("the program breaks, as it was told to"),
            _ => {}
        }
        let way = state.way()?;
        Ok((state, way))
    }
}

/// What a step is to do.
enum Way {
    Do,
    Pretend,
    Half,
}

impl State {
    fn way(&mut self) -> io::Result<Way> {
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
        self.nodes.push(Node { content: bytes.to_vec(), synced: Some(bytes.to_vec()), ..Node::default() });
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
        let (mut state, _) = self.step()?;
        let content = state.node(path)?.content.clone();
        if content.len() as u64 > limit { Err(ErrorKind::FileTooLarge.into()) } else { Ok(content) }
    }

    fn real_path(&self, path: &Path) -> io::Result<PathBuf> {
        self.step().map(|_| path.to_owned())
    }

    fn may_write(&self, path: &Path) -> io::Result<bool> {
        let (mut state, _) = self.step()?;
        state.node(path).map(|node| !node.is_read_only)
    }

    fn write_new(&self, path: &Path, bytes: &[u8], looks: Looks<'_>) -> io::Result<Lost> {
        if self.state().names.contains_key(path) {
            return Err(ErrorKind::AlreadyExists.into());
        }
        if let (mut state, Way::Do) = self.step()? {
            state.nodes.push(Node { is_private: looks == Looks::Private, ..Node::default() });
            let node = state.nodes.len() - 1;
            state.names.insert(path.to_owned(), node);
        }
        match self.step()? {
            (mut state, Way::Do) => state.node(path)?.content = bytes.to_vec(),
            (_, Way::Pretend) => {}
            (mut state, Way::Half) => {
                state.node(path)?.content = bytes[..bytes.len() / 2].to_vec();
                return Err(ErrorKind::StorageFull.into());
            }
        }
        if let (mut state, Way::Do) = self.step()? {
            let node = state.node(path)?;
            node.synced = Some(node.content.clone());
        }
        let lost = self.state().lost;
        Ok(if matches!(looks, Looks::Like(_)) { lost } else { Lost::default() })
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        {
            let mut state = self.state();
            if state.busy_renames > 0 {
                state.busy_renames -= 1;
                return Err(ErrorKind::ResourceBusy.into());
            }
        }
        let (mut state, way) = self.step()?;
        state.rename = Some(state.step);
        if let Way::Do = way {
            let node = state.names.remove(from).ok_or(ErrorKind::NotFound)?;
            state.names.insert(to.to_owned(), node);
        }
        Ok(())
    }

    fn sync_dir(&self, dir: &Path) -> io::Result<()> {
        if let (mut state, Way::Do) = self.step()? {
            let names = state.names.clone();
            state.synced_names.retain(|path, _| folder(path) != dir);
            state.synced_names.extend(names.into_iter().filter(|(path, _)| folder(path) == dir));
        }
        Ok(())
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        let (mut state, _) = self.step()?;
        state.names.remove(path).map(|_| ()).ok_or(ErrorKind::NotFound.into())
    }

    fn remove_folder(&self, _path: &Path) -> io::Result<()> {
        self.step().map(|_| ())
    }

    fn create_dir(&self, _path: &Path) -> io::Result<()> {
        self.step().map(|_| ())
    }

    fn make_folder(&self, _path: &Path) -> io::Result<()> {
        self.step().map(|_| ())
    }

    fn make_private(&self, path: &Path) -> io::Result<()> {
        let (mut state, _) = self.step()?;
        state.node(path)?.is_private = true;
        Ok(())
    }

    fn list(&self, dir: &Path) -> io::Result<Vec<PathBuf>> {
        let (state, _) = self.step()?;
        Ok(state.names.keys().filter(|path| folder(path) == dir).cloned().collect())
    }

    fn age(&self, path: &Path) -> io::Result<Duration> {
        let (mut state, _) = self.step()?;
        state.node(path)?;
        Ok(state.ages.get(path).copied().unwrap_or_default())
    }

    fn is_busy(&self, error: &io::Error) -> bool {
        error.kind() == ErrorKind::ResourceBusy
    }

    fn pause(&self, _time: Duration) {
        let mut state = self.state();
        state.pauses += 1;
        if let Some((path, bytes)) = state.meanwhile_waiting.take() {
            state.put(&path, &bytes);
        }
    }
}
