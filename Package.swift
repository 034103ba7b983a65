// swift-tools-version: 6.1
import PackageDescription

// The import table of ARCHITECTURE.md, held by the compiler: a target sees only what it names here.
let testSettings: [SwiftSetting] = [.enableUpcomingFeature("InternalImportsByDefault")]
let swiftSettings =
  testSettings + [
    .enableUpcomingFeature("MemberImportVisibility"),
    // Nobody here uses the library of regular expressions, and whatever is seen of it is linked in.
    .unsafeFlags(["-Xfrontend", "-disable-implicit-string-processing-module-import"]),
  ]
// Optimized in debug builds too: every test and every command reads flows and records with them.
let fastSettings = swiftSettings + [.unsafeFlags(["-O"], .when(configuration: .debug))]
// Optimized for size in a release: what is said once, and where the program waits for people, stores and the disk.
let smallSettings = swiftSettings + [.unsafeFlags(["-Osize"], .when(configuration: .release))]

let package = Package(
  name: "keyusher",
  products: [
    .executable(name: "keyusher", targets: ["keyusher"]),
    // What `swift run keyusher` does not build.
    .executable(name: "keyusher-standin", targets: ["keyusher-standin"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
    .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
    .package(url: "https://github.com/pointfreeco/swift-custom-dump", exact: "1.7.3"),
    .package(url: "https://github.com/pointfreeco/xctest-dynamic-overlay", exact: "1.13.1"),
  ],
  targets: [
    .systemLibrary(name: "CCrypto", providers: [.apt(["libssl3"])]),
    .systemLibrary(name: "CCurl", providers: [.apt(["libcurl4"])]),
    .systemLibrary(name: "CLibYAML", providers: [.apt(["libyaml-dev"])]),
    .systemLibrary(name: "CReadline", providers: [.apt(["libreadline-dev"])]),
    .systemLibrary(name: "CSodium", providers: [.apt(["libsodium-dev"])]),
    .target(name: "CProcess"),
    .target(name: "CTerminal"),
    .target(name: "PlainText", swiftSettings: fastSettings),
    .target(name: "Files", dependencies: ["CProcess", "PlainText"], swiftSettings: swiftSettings),
    .target(name: "FlowCore", dependencies: ["PlainText"], swiftSettings: fastSettings),
    .target(
      name: "FlowText", dependencies: ["CLibYAML", "FlowCore", "Introspection", "PlainText"],
      // No plugin's work: what a plugin runs is built of this, too, and plugins do not run for that.
      resources: ["api", "flow", "pack", "program"].map { .embedInCode("Resources/\($0).keys") },
      swiftSettings: fastSettings),
    .target(
      name: "FlowTools", dependencies: ["FlowCore", "FlowText", "PlainText"], exclude: ["Resources"],
      swiftSettings: fastSettings,
      plugins: ["EmbedResourcesPlugin"]),
    .target(name: "Introspection", dependencies: ["PlainText"], swiftSettings: fastSettings),
    .target(name: "NetProtocol", dependencies: ["PlainText", "SecretMemory"], swiftSettings: smallSettings),
    .target(name: "SecretMemory", dependencies: ["CSodium", "Files", "PlainText"], swiftSettings: swiftSettings),
    .target(
      name: "KeySearch", dependencies: ["Files", "SecretMemory"],
      swiftSettings: fastSettings + [.unsafeFlags(["-Osize"], .when(configuration: .release))]),
    .target(
      name: "AgeFormat", dependencies: ["CSodium", "PlainText", "SecretMemory"], exclude: ["Resources"],
      swiftSettings: smallSettings, plugins: ["EmbedResourcesPlugin"]),
    .target(
      name: "Records", dependencies: ["CSodium", "Files", "FlowCore", "PlainText"],
      swiftSettings: fastSettings),
    .target(
      name: "Inventory", dependencies: ["FlowCore", "Introspection", "PlainText", "Records"],
      swiftSettings: fastSettings),
    .target(
      name: "Exports", dependencies: ["FlowCore", "PlainText", "Records"], exclude: ["Resources"],
      swiftSettings: smallSettings,
      plugins: ["EmbedResourcesPlugin"]),
    .target(
      name: "HelperPrograms", dependencies: ["CProcess", "Files", "NetProtocol", "PlainText", "SecretMemory"],
      swiftSettings: smallSettings),
    .target(
      name: "Stores",
      dependencies: ["AgeFormat", "CSodium", "Files", "HelperPrograms", "NetProtocol", "PlainText", "SecretMemory"],
      swiftSettings: smallSettings),
    .target(
      name: "Terminal", dependencies: ["CReadline", "CTerminal", "Files", "PlainText", "SecretMemory"],
      swiftSettings: smallSettings),
    .target(
      name: "Ceremony", dependencies: ["FlowCore", "FlowText", "PlainText", "Records", "SecretMemory"],
      swiftSettings: swiftSettings),
    .executableTarget(
      name: "keyusher",
      dependencies: [
        "AgeFormat", "Ceremony", "CProcess", "CTerminal", "Exports", "Files", "FlowCore", "FlowText", "FlowTools",
        "HelperPrograms", "Introspection", "Inventory", "KeySearch", "NetProtocol", "PlainText", "Records",
        "SecretMemory",
        "Stores", "Terminal", "keyusher-net",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      exclude: ["Resources"],
      swiftSettings: smallSettings,
      plugins: ["EmbedFlowsPlugin", "EmbedResourcesPlugin"]),
    // Built with `keyusher` and never linked into it: what signs is part of it, since a target of its own would be.
    .executableTarget(
      name: "keyusher-net",
      dependencies: ["CCrypto", "CCurl", "CSodium", "CTerminal", "Files", "NetProtocol", "PlainText", "SecretMemory"],
      swiftSettings: swiftSettings),
    .target(name: "StandIn", dependencies: ["CCrypto", "Files", "PlainText"], swiftSettings: swiftSettings),
    .executableTarget(
      name: "keyusher-standin",
      dependencies: [
        "Files", "PlainText", "StandIn",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
      ],
      swiftSettings: swiftSettings),
    // What a plugin runs is compiled once more, with all that it uses.
    .executableTarget(
      name: "EmbedFlows", dependencies: ["CSodium", "FlowText", "PlainText"], swiftSettings: swiftSettings),
    .plugin(name: "EmbedFlowsPlugin", capability: .buildTool(), dependencies: ["EmbedFlows"]),
    .executableTarget(name: "EmbedResources", swiftSettings: swiftSettings),
    .plugin(name: "EmbedResourcesPlugin", capability: .buildTool(), dependencies: ["EmbedResources"]),
    .testTarget(
      name: "PlainTextTests", dependencies: ["Outside", "PlainText"] + testing, swiftSettings: testSettings),
    .testTarget(name: "FilesTests", dependencies: ["Files"] + testing, swiftSettings: testSettings),
    .testTarget(
      name: "FlowCoreTests", dependencies: ["FlowCore", "PlainText"] + testing, swiftSettings: testSettings),
    .testTarget(
      name: "FlowTextTests",
      dependencies: ["Battery", "FlowText", "FlowTools", "Introspection", "Outside", "PlainText"] + testing,
      exclude: [
        "Pictures/Goldens", "Reference/api.frame.json", "Reference/flow.frame.json", "Reference/pack.frame.json",
        "Reference/program.frame.json",
      ],
      swiftSettings: testSettings),
    .testTarget(
      name: "IntrospectionTests", dependencies: ["FlowText", "Introspection", "Outside", "PlainText"] + testing,
      exclude: ["Facts"], swiftSettings: testSettings),
    // A program of its own and linked into no other: Yams brings its own libyaml.
    .executableTarget(
      name: "YamsReader", dependencies: ["Yams"], path: "Tests/YamsReader", swiftSettings: testSettings),
    .testTarget(
      name: "RecordsTests",
      dependencies: ["Battery", "Files", "FlowCore", "Inventory", "PlainText", "Records"] + testing,
      exclude: ["Corpus"],
      swiftSettings: testSettings),
    .testTarget(
      name: "ExportsTests", dependencies: ["Exports", "FlowCore", "PlainText", "Records"] + testing,
      exclude: ["Goldens"],
      swiftSettings: testSettings),
    .executableTarget(
      name: "keyusher-bench", dependencies: ["PtyHarness", "Records", "SeededKeys"], path: "Benchmarks/KeyusherBench",
      swiftSettings: testSettings),
    .target(name: "CSpawn", path: "Tests/CSpawn"),
    .target(name: "PtyHarness", dependencies: ["CSpawn"], path: "Tests/PtyHarness", swiftSettings: testSettings),
    .target(
      name: "Outside",
      dependencies: ["FlowText", "FlowTools", .product(name: "IssueReporting", package: "xctest-dynamic-overlay")],
      path: "Tests/Outside", swiftSettings: testSettings),
    .executableTarget(
      name: "TerminalProbe", dependencies: ["CTerminal", "SecretMemory", "Terminal"], path: "Tests/TerminalProbe",
      swiftSettings: testSettings),
    .testTarget(
      name: "TerminalTests",
      dependencies: ["Files", "PtyHarness", "SecretMemory", "Terminal", "TerminalProbe"] + testing,
      swiftSettings: testSettings),
    .testTarget(
      name: "CeremonyTests",
      dependencies: ["Ceremony", "FlowCore", "FlowText", "Outside", "Records", "SecretMemory"] + testing,
      swiftSettings: testSettings),
    // The program as tests run it, with a home, keys and flows of its own.
    .target(
      name: "KeyusherHarness",
      dependencies: ["FlowText", "Outside", "PtyHarness", "Records", "SecretMemory", "SecretSearch", "Stores"],
      path: "Tests/KeyusherHarness", swiftSettings: testSettings),
    .testTarget(
      name: "KeyusherTests",
      dependencies: [
        "Battery", "Ceremony", "Exports", "FlowCore", "FlowText", "FlowTools", "Inventory", "KeyusherHarness",
        "Outside", "PlainText", "PtyHarness", "Records", "SecretMemory", "SeededKeys", "Stores", "Terminal", "keyusher",
        "keyusher-standin",
      ]
        + testing,
      exclude: ["Corpus", "Dialogues", "Goldens", "OldRecords", "TerminalDialogues", "Walks"],
      swiftSettings: testSettings),
    .executableTarget(
      name: "AgeProbe", dependencies: ["AgeFormat", "SecretMemory", "Stores"], path: "Tests/AgeProbe",
      swiftSettings: testSettings),
    .testTarget(
      name: "StoresTests",
      dependencies: [
        "AgeFormat", "AgeProbe", "Battery", "FlowCore", "HelperPrograms", "NetProtocol", "Outside", "PlainText",
        "PtyHarness", "SecretMemory", "Stores", "keyusher-net",
      ] + testing,
      swiftSettings: testSettings),
    // Trees with keys and without, drawn from a seed; it shares nothing with what looks for them.
    .target(name: "SeededKeys", path: "Tests/SeededKeys", swiftSettings: testSettings),
    .testTarget(
      name: "KeySearchTests", dependencies: ["KeySearch", "SeededKeys"] + testing, swiftSettings: testSettings),
    .testTarget(
      name: "NetTests",
      dependencies: [
        "Battery", "HelperPrograms", "NetProtocol", "Outside", "SecretMemory", "SecretSearch",
        "keyusher-net",
      ] + testing,
      exclude: ["Vectors"],
      swiftSettings: testSettings),
    .testTarget(
      name: "AgeFormatTests",
      dependencies: ["AgeFormat", "Battery", "CSodium", "Outside", "PtyHarness", "SecretMemory"] + testing,
      swiftSettings: testSettings),
    .testTarget(
      name: "StandInTests", dependencies: ["Outside", "PlainText", "StandIn", "keyusher-standin"] + testing,
      exclude: ["Vectors", "axe.py", "ccxt", "clients"],
      swiftSettings: testSettings),
    // Optimized always: it searches cores of many megabytes for every piece of a secret.
    .target(
      name: "SecretSearch", path: "Tests/SecretSearch", swiftSettings: testSettings + [.unsafeFlags(["-O"])]),
    .target(
      name: "Battery", dependencies: ["Outside"], path: "Tests/Battery", exclude: ["Faults", "Mutants", "mutants"],
      swiftSettings: testSettings),
    .testTarget(
      name: "BatteryTests",
      dependencies: [
        "AgeFormat", "AgeProbe", "Battery", "FlowCore", "FlowText", "FlowTools", "KeyusherHarness", "NetProtocol",
        "Outside",
        "PlainText", "PtyHarness", "Records", "SecretMemory", "SecretSearch", "Stores", "Terminal", "keyusher",
      ] + testing, swiftSettings: testSettings),
  ],
  swiftLanguageModes: [.v6]
)

/// What every test target links. `expectNoDifference` passes silently without IssueReportingTestSupport.
var testing: [Target.Dependency] {
  [
    .product(name: "CustomDump", package: "swift-custom-dump"),
    .product(name: "IssueReportingTestSupport", package: "xctest-dynamic-overlay"),
  ]
}
