import Glibc
import HelperPrograms
import Records
import Stores

/// Looks at the machine and at this process: memory, clock, terminal, the way to helper programs.
struct MachineCheck {
  let surroundings: Surroundings
  let console: Console

  func all() -> [Diagnosis] { [cores(), memory(), clock(), terminal()] + path() }

  // MARK: - Private

  /// Secrets in memory that others could read from a core file.
  private func cores() -> Diagnosis {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(4), &limit) == 0 else {
      return .notKnowable("whether crashes leave core files")
    }
    return limit.rlim_cur == 0
      ? .inOrder("a crash of Keyusher leaves no core file")
      : .wrong("a crash of Keyusher would leave a core file", hint: "ulimit -c 0, before you start it")
  }

  /// Whether the memory of secrets can be kept out of the swap.
  private func memory() -> Diagnosis {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(8), &limit) == 0 else {
      return .notKnowable("whether memory can be locked")
    }
    if limit.rlim_cur >= MachineCheck.lockedBytes || geteuid() == 0 {
      return .inOrder("memory for secrets can be locked, and is not swapped out")
    }
    guard let swaps = bytes(ofFile: "/proc/swaps") else {
      return .notKnowable(
        "whether secrets could reach the swap: little memory can be locked, and /proc/swaps is unreadable")
    }
    if swaps.split(separator: UInt8(ascii: "\n")).count < 2 {
      return .inOrder("there is no swap that secrets could reach")
    }
    return .wrong(
      "only \(limit.rlim_cur >> 10) KiB of memory can be locked: secrets could reach the swap",
      hint: "raise 'memlock' in /etc/security/limits.conf, or encrypt the swap")
  }

  /// What a few secrets take, with the pages around them.
  private static let lockedBytes: rlim_t = 1 << 20

  private func clock() -> Diagnosis {
    let now = surroundings.now()
    return LocalChecks.isPlausible(now)
      ? .inOrder("the clock says \(now.minute), after this program was made")
      : .wrong(
        "the clock says \(now.minute), which can't be", hint: "set it: exchanges refuse requests with a wrong time")
  }

  private func terminal() -> Diagnosis {
    guard console.isTerminal else {
      return console.canAskUnseen
        ? .inOrder("standard input is no terminal; a passphrase is asked for at the terminal itself")
        : .notInUse("there is no terminal: nobody can be asked, secrets come by reference")
    }
    return console.hasSecondScreen
      ? .inOrder("the terminal hides what is typed, and can take off its screen what it has shown")
      : .notKnowable(
        "whether the terminal can take off its screen what it has shown (TERM is '\(surroundings.environment["TERM"] ?? "")')",
        hint: "no passphrase is made for you on such a terminal; you can type your own")
  }

  /// Folders in which others could put a program under the name of a helper.
  private func path() -> [Diagnosis] {
    let folders = (surroundings.environment["PATH"] ?? "").split(
      separator: ":", omittingEmptySubsequences: false)
    let wrong = folders.compactMap { folder -> Diagnosis? in
      guard folder.hasPrefix("/") else {
        return .wrong("PATH has '\(folder)', which is another folder everywhere", hint: "take it out of PATH")
      }
      // In a folder that is not there nothing is found.
      guard access(String(folder), F_OK) == 0, let fault = SearchPath.fault(ofFolder: String(folder)) else {
        return nil
      }
      return .wrong(
        "others could put a program in \(folder), which is in PATH: \(fault)",
        hint: "take it out of PATH, or the rights of others: chmod go-w")
    }
    return wrong.isEmpty ? [.inOrder("nobody else can put a program in the folders in PATH")] : wrong
  }
}
