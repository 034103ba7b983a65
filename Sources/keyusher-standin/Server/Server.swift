import Files
import NIOCore
import NIOHTTP1
import NIOPosix
import PlainText
import StandIn

/// HTTP/1.1 on this computer's own address alone.
struct Server {
  /// How many connections are open at once; more have to wait until one is closed.
  static let mostConnections = 256
  /// How long a connection may do nothing: longer than a fault makes anyone wait.
  static let patience = TimeAmount.minutes(2)

  let port: Int
  private let channel: any Channel
  private let group: MultiThreadedEventLoopGroup

  /// Listens on a port, or on a free one if it is 0.
  ///
  /// - Throws: `PortError`, if the system refuses.
  init(port: Int, answer: @escaping @Sendable (Request) -> Answer) throws {
    group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let bootstrap = ServerBootstrap(group: group)
      .serverChannelOption(.backlog, value: Int32(Self.mostConnections))
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .serverChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(ConnectionLimit(most: Self.mostConnections))
        }
      }
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          let pipeline = channel.pipeline.syncOperations
          try pipeline.configureHTTPServerPipeline(withErrorHandling: true)
          try pipeline.addHandler(IdleStateHandler(allTimeout: Self.patience))
          try pipeline.addHandler(RequestHandler(answer: answer))
        }
      }
    do {
      channel = try bootstrap.bind(host: "127.0.0.1", port: port).wait()
    } catch let error as IOError {
      throw PortError(port: port, number: error.errnoCode)
    }
    self.port = channel.localAddress?.port ?? port
  }

  /// Stops listening and closes all connections.
  func stop() throws {
    try channel.close().wait()
    try group.syncShutdownGracefully()
  }
}

/// A port on which the system lets nobody listen.
struct PortError: DescribedError {
  let port: Int
  /// The system's error number.
  let number: Int32

  var what: String { "port \(port) can't be used: \(systemWords(number))" }
  var hint: String? { "without --port any is taken that is free" }
}

/// Takes no new connection while so many are open.
private final class ConnectionLimit: ChannelDuplexHandler {
  typealias InboundIn = any Channel
  typealias OutboundIn = Never

  private let most: Int
  private var open = 0
  private var isWaiting = false

  init(most: Int) { self.most = most }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let channel = unwrapInboundIn(data)
    open += 1
    let loop = context.eventLoop
    let place = NIOLoopBound((self, context), eventLoop: loop)
    channel.closeFuture.hop(to: loop).whenComplete { _ in
      let (handler, context) = place.value
      handler.open -= 1
      guard handler.isWaiting else { return }
      handler.isWaiting = false
      context.read()
    }
    context.fireChannelRead(data)
  }

  func read(context: ChannelHandlerContext) {
    if open < most { context.read() } else { isWaiting = true }
  }
}
