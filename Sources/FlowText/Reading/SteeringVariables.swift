import PlainText

/// The variables by which programs are found, loaded and run, and by which they choose whom to trust.
///
/// A flow or a pack is data that others send: with one of these it could bring a program to run or to load what it likes.
public enum SteeringVariables {
  /// Tells whether a variable is one of them, in capitals or not: some programs read `http_proxy` alone.
  public static func have(_ name: String) -> Bool {
    let name = name.uppercased()
    return names.contains(name) || families.contains { name.hasPrefix($0) }
  }

  /// Source of the C library's: "unsecvars.h" of glibc 2.41, what a program with more rights than its caller drops; of the
  /// others their manuals: ld.so(8), bash(1), python(1), perlrun(1), ruby(1), node(1), java(1), git(1), openssl-env(7).
  private static let families = [
    "LD_", "DYLD_", "GLIBC_", "MALLOC_", "KEYUSHER_", "XDG_", "PYTHON", "GIT_CONFIG", "GIT_SSH", "BASH_FUNC_",
  ]

  private static let names: Set = [
    // Where one is, and what a shell reads before it begins.
    "PATH", "HOME", "SHELL", "TMPDIR", "IFS", "ENV", "BASH_ENV", "BASHOPTS", "SHELLOPTS", "PS4", "PROMPT_COMMAND",
    "CDPATH",
    "ZDOTDIR",
    // The C library.
    "GCONV_PATH", "GETCONF_DIR", "HOSTALIASES", "LOCALDOMAIN", "LOCPATH", "NIS_PATH", "NLSPATH", "RESOLV_HOST_CONF",
    "RES_OPTIONS", "TZDIR",
    // Languages.
    "NODE_OPTIONS", "NODE_PATH", "PERL5OPT", "PERL5LIB", "PERLLIB", "PERL5DB", "RUBYOPT", "RUBYLIB", "CLASSPATH",
    "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS", "DOTNET_STARTUP_HOOKS", "LUA_INIT", "LUA_PATH",
    "LUA_CPATH",
    "PHPRC", "PHP_INI_SCAN_DIR",
    // Programs that programs start.
    "EDITOR", "VISUAL", "PAGER", "BROWSER", "GIT_ASKPASS", "SSH_ASKPASS", "GIT_EXEC_PATH", "GIT_EXTERNAL_DIFF",
    // Whom they connect to, and whom they believe.
    "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "OPENSSL_CONF", "OPENSSL_MODULES", "OPENSSL_ENGINES",
    "SSL_CERT_FILE", "SSL_CERT_DIR", "SSLKEYLOGFILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "CURL_HOME",
    "NODE_EXTRA_CA_CERTS", "NODE_TLS_REJECT_UNAUTHORIZED",
  ]
}

extension FlowReader {
  /// Reports the name of a variable that no flow or pack may set.
  func reportSteering(_ name: String, _ node: TextNode, example: String) {
    guard SteeringVariables.have(name) else { return }
    findings.report(
      .badID, at: node.place, "\(quoted(name)) steers how programs run, and no key belongs there",
      hint: "name the variable that the program reads the value from, for example \(example)")
  }
}
