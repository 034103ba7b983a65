import Foundation
import Glibc

/// A computer to which ssh leads: sshd of this one, which ssh starts itself and which ends with it. No port is open.
public final class SSHServer {
  /// The folder in which `ssh` is the person's own: with the configuration that knows the computer.
  public var path: String { folder.path("bin") }

  public static let host = "office-box"

  private let folder: Folder

  /// Nil after saying what is missing.
  ///
  /// - Parameters:
  ///   - isKnown: whether its key is known already; otherwise ssh asks.
  ///   - letsIn: whether the person's key opens it.
  ///   - options: further ones of sshd, as `-o` takes them.
  public init?(isKnown: Bool = true, letsIn: Bool = true, _ options: String...) throws {
    guard tool("ssh") != nil, let keygen = tool("ssh-keygen") else { return nil }
    let sshd = "/usr/sbin/sshd"
    guard FileManager.default.isExecutableFile(atPath: sshd) else {
      missing("the program 'sshd'")
      return nil
    }
    // Where it is root's, sshd wants an empty folder that only a service's start makes.
    if geteuid() == 0 { mkdir("/run/sshd", 0o755) }
    folder = try Folder()
    for name in ["host", "person"] {
      let (_, status) = try output(of: keygen, ["-q", "-t", "ed25519", "-N", "", "-f", folder.path(name)])
      guard status == 0 else { throw CocoaError(.executableLoad) }
    }
    let key = String(decoding: folder.read("host.pub"), as: UTF8.self)
    _ = try folder.write(Array(isKnown ? "\(Self.host) \(key)".utf8 : "".utf8), to: "known")
    _ = try folder.write(letsIn ? folder.read("person.pub") : [], to: "authorized")
    _ = try folder.write(
      Array(
        """
        HostKey \(folder.path("host"))
        AuthorizedKeysFile \(folder.path("authorized"))
        StrictModes no
        UsePAM no
        PasswordAuthentication no
        KbdInteractiveAuthentication no
        \(options.joined(separator: "\n"))

        """.utf8), to: "sshd_config")
    _ = try folder.write(
      Array(
        """
        Host \(Self.host)
          User \(NSUserName())
          IdentityFile \(folder.path("person"))
          IdentitiesOnly yes
          UserKnownHostsFile \(folder.path("known"))
          ProxyCommand \(sshd) -i -f \(folder.path("sshd_config"))

        """.utf8), to: "config")
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    // ssh looks for a person's configuration in the home that the system knows, whatever HOME says.
    try install("#!/bin/sh\nexec /usr/bin/ssh -F \(folder.path("config")) \"$@\"\n", at: path + "/ssh")
  }
}
