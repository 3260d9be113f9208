// Reseller Offboarding in Azure: a container app, the identity it runs as, the bot with its one channel, a storage account,
// and a key vault.
//
// NOT YET COMPILED, AND NOT YET DEPLOYED. It was written from the documentation alone: run `az bicep build --file infra/main.bicep` and
// `az deployment group what-if` first, and read what they say. A test holds what it sets against what the bot reads.
//
// It is for STORE=azure, since a container app has no disk of its own that stays.
//
// What this file cannot do: the registrations for signing in and for background reads (Entra), their permissions and consent, the
// image, and taking the Web Chat and Direct Line channels away, with which every bot is made. docs/operations.md, "With the
// template", says in which order all of it is done.

targetScope = 'resourceGroup'

@description('What everything is called; a small letter and then small letters and digits, so that the storage account can be, too.')
@minLength(3)
@maxLength(14)
param name string

param location string = resourceGroup().location

@description('The image, as it was pushed to a registry, best by its digest.')
param image string

@description('A registry in Azure that the identity pulls from (contoso.azurecr.io); leave it empty for a public image. The identity has to have the role AcrPull there before: make it by hand, by the name it has below, and it is taken as it is.')
param registry string = ''

@description('The host name that Teams and browsers use; empty for the one the container app gets. One of a domain that is verified in the tenant is better: Entra then takes the Application ID URI.')
param publicHost string = ''

@description('The id of the certificate of publicHost in the environment. Leave it empty at first, bind the host name to the container app, and give it at every deployment from then on: one without it takes the host name away again.')
param certificateId string = ''

@description('The tenant of the partner.')
param partnerTenantId string = tenant().tenantId

@allowed(['production', 'sandbox'])
param partnerCenterEnvironment string

@description('REQUESTERS, APPROVERS and AUDITORS, as in docs/configuration.md.')
param requesters string
param approvers string
param auditors string = ''
param escalateTo string = ''

@description('The registration for background reads.')
param partnerCenterAppId string

@secure()
param partnerCenterAppSecret string

@description('The registration people sign in with. Nobody does with a service account: leave both empty then.')
param signInAppId string = ''

@secure()
param signInSecret string = ''

@description('For PARTNER_CENTER_AUTH=service-account: the refresh token lies in the vault, as the secret partner-center-refresh-token. Deploy with false first, put the token there (docs/operations.md, "Service account"), then deploy with true: a role can only be given on a secret that is there. The token is no parameter, since deploying again would put an old one in the place of newer ones.')
param serviceAccount bool = false

@description('At least 32 bytes in hex or base64 (openssl rand -hex 32). The same at every deployment: with another one the record cannot be verified any more.')
@secure()
param auditKey string

@description('Whatever else of docs/configuration.md is to be set, by name, as texts: { PARTNER_TYPE: \'indirect-provider\', DEFAULT_LOCALE: \'de\' }. No secrets: everybody who may look at the container app can read it.')
param settings object = {}

var unique = uniqueString(resourceGroup().id, name)
var roles = {
  // Reads and sets secrets, on one secret only.
  keyVaultSecretsOfficer: 'b86a8fe4-44ce-4948-aee5-eccb2c155cd7'
  keyVaultSecretsUser: '4633458b-17de-408a-b874-0445c86b69e6'
  storageTableDataContributor: '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'
  storageQueueDataContributor: '974c5e8b-45b9-4653-ba55-5f855dd0fb88'
}
var host = empty(publicHost) ? '${name}.${appEnvironment.properties.defaultDomain}' : publicHost

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: '${name}-identity'
  location: location
}

// The bot: who it is, where it is reached, and Teams.

resource bot 'Microsoft.BotService/botServices@2022-09-15' = {
  name: '${name}-bot'
  location: 'global'
  kind: 'azurebot'
  sku: { name: 'F0' }
  properties: {
    displayName: 'Reseller Offboarding'
    endpoint: 'https://${host}/api/messages'
    msaAppId: identity.properties.clientId
    msaAppType: 'UserAssignedMSI'
    msaAppTenantId: tenant().tenantId
    msaAppMSIResourceId: identity.id
    disableLocalAuth: true
  }
}

resource teams 'Microsoft.BotService/botServices/channels@2022-09-15' = {
  parent: bot
  name: 'MsTeamsChannel'
  location: 'global'
  properties: {
    channelName: 'MsTeamsChannel'
    properties: { isEnabled: true }
  }
}

// What it keeps.

resource storage 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: take('${name}${unique}', 24)
  location: location
  kind: 'StorageV2'
  sku: { name: 'Standard_ZRS' }
  properties: {
    allowBlobPublicAccess: false
    allowSharedKeyAccess: false
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
  }
}

// Whoever deletes the account deletes every request and the whole record.
resource storageLock 'Microsoft.Authorization/locks@2020-05-01' = {
  name: '${name}-keep'
  scope: storage
  properties: {
    level: 'CanNotDelete'
    notes: 'Holds the requests and the record of Reseller Offboarding.'
  }
}

resource tableRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(storage.id, identity.id, roles.storageTableDataContributor)
  scope: storage
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.storageTableDataContributor)
  }
}

resource queueRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(storage.id, identity.id, roles.storageQueueDataContributor)
  scope: storage
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.storageQueueDataContributor)
  }
}

// Its secrets. The audit key above all: whoever has it can write a record that verifies, and without it none can be verified.

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: take('${name}-${unique}', 24)
  location: location
  properties: {
    tenantId: tenant().tenantId
    sku: { family: 'A', name: 'standard' }
    enableRbacAuthorization: true
    enableSoftDelete: true
    softDeleteRetentionInDays: 90
    enablePurgeProtection: true
  }
}

resource auditKeySecret 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = {
  parent: vault
  name: 'audit-key'
  properties: { value: auditKey }
}

resource signInSecretSecret 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = if (!serviceAccount) {
  parent: vault
  name: 'sign-in-secret'
  properties: { value: signInSecret }
}

resource appSecretSecret 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = {
  parent: vault
  name: 'partner-center-app-secret'
  properties: { value: partnerCenterAppSecret }
}

resource vaultRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(vault.id, identity.id, roles.keyVaultSecretsUser)
  scope: vault
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.keyVaultSecretsUser)
  }
}

resource refreshToken 'Microsoft.KeyVault/vaults/secrets@2023-07-01' existing = {
  parent: vault
  name: 'partner-center-refresh-token'
}

resource refreshTokenRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (serviceAccount) {
  name: guid(refreshToken.id, identity.id, roles.keyVaultSecretsOfficer)
  scope: refreshToken
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.keyVaultSecretsOfficer)
  }
}

// Where it runs.

resource logs 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: '${name}-logs'
  location: location
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: 90
  }
}

resource appEnvironment 'Microsoft.App/managedEnvironments@2024-03-01' = {
  name: '${name}-environment'
  location: location
  properties: {
    appLogsConfiguration: {
      destination: 'log-analytics'
      logAnalyticsConfiguration: {
        customerId: logs.properties.customerId
        sharedKey: logs.listKeys().primarySharedKey
      }
    }
  }
}

resource app 'Microsoft.App/containerApps@2024-03-01' = {
  name: name
  location: location
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identity.id}': {} }
  }
  dependsOn: [vaultRole, tableRole, queueRole, signInSecretSecret]
  properties: {
    managedEnvironmentId: appEnvironment.id
    configuration: {
      activeRevisionsMode: 'Single'
      ingress: {
        external: true
        targetPort: 3978
        transport: 'http'
        allowInsecure: false
        customDomains: empty(certificateId) ? [] : [
          { name: publicHost, certificateId: certificateId, bindingType: 'SniEnabled' }
        ]
      }
      registries: empty(registry) ? [] : [{ server: registry, identity: identity.id }]
      secrets: concat([
        { name: 'audit-key', keyVaultUrl: auditKeySecret.properties.secretUri, identity: identity.id }
        { name: 'partner-center-app-secret', keyVaultUrl: appSecretSecret.properties.secretUri, identity: identity.id }
      ], serviceAccount ? [] : [
        { name: 'sign-in-secret', keyVaultUrl: '${vault.properties.vaultUri}secrets/sign-in-secret', identity: identity.id }
      ])
    }
    template: {
      terminationGracePeriodSeconds: 30
      // One: sign-ins live in the memory of the process that got them.
      scale: { minReplicas: 1, maxReplicas: 1 }
      containers: [
        {
          name: 'bot'
          image: image
          resources: { cpu: json('1.0'), memory: '2Gi' }
          // Not /readyz: a bot that is not ready still answers people, and says why; with one process nobody else would.
          probes: [
            { type: 'Liveness', httpGet: { path: '/healthz', port: 3978 }, periodSeconds: 30, timeoutSeconds: 5 }
            { type: 'Readiness', httpGet: { path: '/healthz', port: 3978 }, periodSeconds: 10, timeoutSeconds: 5 }
          ]
          env: concat([
            { name: 'PUBLIC_URL', value: 'https://${host}' }
            { name: 'MicrosoftAppType', value: 'UserAssignedMSI' }
            { name: 'MicrosoftAppId', value: identity.properties.clientId }
            { name: 'MicrosoftAppTenantId', value: tenant().tenantId }
            { name: 'PARTNER_TENANT_ID', value: partnerTenantId }
            { name: 'PARTNER_CENTER_ENVIRONMENT', value: partnerCenterEnvironment }
            { name: 'PARTNER_CENTER_APP_ID', value: partnerCenterAppId }
            { name: 'PARTNER_CENTER_APP_SECRET', secretRef: 'partner-center-app-secret' }
            { name: 'REQUESTERS', value: requesters }
            { name: 'APPROVERS', value: approvers }
            { name: 'STORE', value: 'azure' }
            { name: 'AZURE_STORAGE_ACCOUNT', value: storage.name }
            // DefaultAzureCredential has to know which identity is meant.
            { name: 'AZURE_CLIENT_ID', value: identity.properties.clientId }
            { name: 'AUDIT_KEY', secretRef: 'audit-key' }
          ], empty(auditors) ? [] : [
            { name: 'AUDITORS', value: auditors }
          ], empty(escalateTo) ? [] : [
            { name: 'ESCALATE_TO', value: escalateTo }
          ], serviceAccount ? [
            { name: 'PARTNER_CENTER_AUTH', value: 'service-account' }
            { name: 'KEY_VAULT_URL', value: 'https://${vault.name}${environment().suffixes.keyvaultDns}' }
          ] : [
            { name: 'SIGN_IN_APP_ID', value: signInAppId }
            { name: 'SIGN_IN_SECRET', secretRef: 'sign-in-secret' }
          ], map(items(settings), setting => { name: setting.key, value: setting.value }))
        }
      ]
    }
  }
}

@description('The messaging endpoint, as the bot has it.')
output endpoint string = bot.properties.endpoint

@description('PUBLIC_URL and MicrosoftAppId, for `npm run package`.')
output publicUrl string = 'https://${host}'
output microsoftAppId string = identity.properties.clientId
