/** What the edge needs to know about the bot's registration; `Config` of `src/config.ts` fits it as it is. */
export interface TeamsSettings {
  readonly production: boolean;
  readonly bot: {
    /** Undefined = no token is asked for or sent (development only). */
    readonly appId: string | undefined;
    readonly appType: 'UserAssignedMSI' | 'SingleTenant';
    /** The one tenant that is answered; undefined = any (development only). */
    readonly tenantId: string | undefined;
    readonly password: string | undefined;
    /** Another OpenID server than Bot Framework's: sovereign clouds, and tests. */
    readonly openIdMetadataUrl: string | undefined;
    readonly tokenIssuer: string | undefined;
  };
  /** Hosts replies may go to beside Teams' own. A loopback host here allows plain http to it, outside production. */
  readonly serviceUrlHosts: readonly string[];
}
